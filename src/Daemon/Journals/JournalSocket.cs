using System.Net.Sockets;

namespace Net.Daemon.Journals;

/// <summary>The way to journald.</summary>
internal sealed class JournalSocket : IDisposable
{
    /// <summary>Where journald listens (systemd-journald.service(8)).</summary>
    public const string DefaultPath = "/run/systemd/journal/socket";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _journal;

    /// <summary>Makes the way.</summary>
    /// <param name="path">Where journald listens.</param>
    public JournalSocket(string path) => _journal = new UnixDomainSocketEndPoint(path);

    /// <summary>Sends an entry.</summary>
    /// <returns>Whether journald has it: not where it does not run at the moment, or where the entry is too large for a
    /// datagram.</returns>
    public bool Send(JournalEntry entry)
    {
        try
        {
            return _socket.SendTo(entry.Bytes, SocketFlags.None, _journal) == entry.Bytes.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
