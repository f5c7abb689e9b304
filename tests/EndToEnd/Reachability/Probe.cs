using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Net.Linux;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>One try to reach an address and port from a place, and what was answered.</summary>
/// <param name="From">The place's namespace.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Target">Whom.</param>
internal sealed record Probe(NetworkNamespace From, string Protocol, IPEndPoint Target)
{
    // Everything is on this machine: what is let through answers within a few milliseconds, what is dropped never.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Tries all at once.</summary>
    /// <returns>For each probe the answer, or null when none came in time.</returns>
    public static IReadOnlyList<string?> RunAll(IReadOnlyList<Probe> probes)
    {
        string?[] answers = new string?[probes.Count];
        Dictionary<Socket, int> waiting = [];
        for (int i = 0; i < probes.Count; i++)
        {
            if (probes[i].Begin() is { } socket)
            {
                waiting.Add(socket, i);
            }
        }

        var clock = Stopwatch.StartNew();
        while (waiting.Count > 0 && clock.Elapsed < Patience)
        {
            List<Socket> readable = [.. waiting.Keys];
            Socket.Select(readable, null, null, (int)Math.Max(0, (Patience - clock.Elapsed).TotalMicroseconds));
            foreach (Socket socket in readable)
            {
                answers[waiting[socket]] = Read(socket);
                waiting.Remove(socket);
                socket.Dispose();
            }
        }

        foreach (Socket socket in waiting.Keys)
        {
            socket.Dispose();
        }

        return answers;
    }

    private static string? Read(Socket socket)
    {
        try
        {
            byte[] answer = new byte[128];
            int length = socket.Receive(answer);
            return length == 0 ? null : Encoding.ASCII.GetString(answer, 0, length);
        }
        catch (SocketException)
        {
            return null; // refused, or told by ICMP
        }
    }

    private Socket? Begin() => From.Run(() =>
    {
        (SocketType type, ProtocolType kind) = Protocol == "tcp"
            ? (SocketType.Stream, ProtocolType.Tcp)
            : (SocketType.Dgram, ProtocolType.Udp);
        var socket = new Socket(Target.AddressFamily, type, kind) { Blocking = false };
        try
        {
            socket.Connect(Target);
            if (Protocol == "udp")
            {
                socket.Send("?"u8);
            }
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // Under way.
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null; // no way there
        }

        return socket;
    });
}
