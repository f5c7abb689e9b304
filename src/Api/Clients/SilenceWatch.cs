using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Net.Api.Clients;

/// <summary>Says once that the daemon has not answered a request whose answer it has at hand; the request is waited for all the
/// same.</summary>
/// <param name="address">The daemon's address.</param>
/// <param name="tell">Told the sentence.</param>
/// <param name="time">The clock.</param>
internal sealed class SilenceWatch(DaemonAddress address, Action<string> tell, TimeProvider time)
{
    private const int SocketLevel = 1; // SOL_SOCKET, include/uapi/asm-generic/socket.h
    private const int PeerCredentials = 17; // SO_PEERCRED: unix(7)
    private const int CredentialsSize = 12; // struct ucred: process, user, group

    /// <summary>A busy daemon of many containers answers within a second or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _process;
    private int _isTold;

    /// <summary>Notes which process listens at the other end.</summary>
    public void Meet(Socket connection)
    {
        Span<byte> credentials = stackalloc byte[CredentialsSize];
        _process = connection.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == CredentialsSize
            ? MemoryMarshal.Read<int>(credentials)
            : 0;
    }

    /// <summary>Waits for an answer, however long it takes.</summary>
    public async Task<T> AwaitAsync<T>(Task<T> answer)
    {
        using var over = new CancellationTokenSource();
        Task limit = Task.Delay(Patience, time, over.Token);
        if (await Task.WhenAny(answer, limit).ConfigureAwait(false) == limit && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            // 0 is a process of another PID namespace, and 1 the service manager that has opened the socket.
            string process = _process > 1 ? $" (process {_process})" : "";
            tell($"the netctl daemon at {address}{process} has not answered for {Patience.TotalSeconds} s; waiting: see whether it is "
                + "stopped or overloaded");
        }

        await over.CancelAsync().ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }
}
