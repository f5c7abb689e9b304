using System.Net.Sockets;
using System.Text;

namespace Net.Daemon;

/// <summary>Tells the service manager that started the daemon, such as systemd, how far it is: sd_notify(3).</summary>
/// <param name="socket">The path of its socket, with @ in front for an abstract one; null: it wants to know nothing.</param>
internal sealed class ServiceManager(string? socket)
{
    private const string Variable = "NOTIFY_SOCKET";

    /// <summary>The service manager of this process. The environment does not tell of it any more then: no child is to speak to
    /// it.</summary>
    public static ServiceManager Take()
    {
        string? socket = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return new ServiceManager(string.IsNullOrEmpty(socket) ? null : socket);
    }

    /// <summary>The daemon answers: what was to wait for it may start.</summary>
    /// <returns>Why the service manager could not be told, as a sentence; null when it was, or wants to know nothing.</returns>
    public string? SayReady() => Say("READY=1");

    /// <summary>The daemon ends.</summary>
    /// <returns>As for <see cref="SayReady"/>.</returns>
    public string? SayStopping() => Say("STOPPING=1");

    private string? Say(string words)
    {
        if (socket is null)
        {
            return null;
        }

        try
        {
            using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            string address = socket.StartsWith('@') ? $"\0{socket[1..]}" : socket;
            sender.SendTo(Encoding.ASCII.GetBytes(words), new UnixDomainSocketEndPoint(address));
            return null;
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return $"the service manager cannot be told {words} at {socket} ({Variable}): {error.Message}; start the daemon without "
                + $"Type=notify, or see that the socket is there";
        }
    }
}
