using System.Net.Sockets;
using Net.Linux.Descriptors;

namespace Net.Daemon.Http.RawStreams;

/// <summary>Tells a peer that has closed a connection from one that has closed its own direction alone, and still reads.</summary>
/// <remarks>A socket whose peer has closed its direction alone is readable, at its end; hung up (POLLHUP) it is when both directions are
/// closed: poll(2). The kernel tells of the former at once, and of the latter to nobody who has read the end already.</remarks>
internal static class HangUp
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Waits until both directions are closed, with a look each second.</summary>
    public static async Task WaitAsync(Socket socket, CancellationToken cancellationToken)
    {
        while (!HasHappened(socket))
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static bool HasHappened(Socket socket)
    {
        var poll = new PollSet();
        int place = poll.Add(socket.SafeHandle, PollEvents.None);
        poll.Wait(TimeSpan.Zero);
        return socket.SafeHandle.IsClosed || (poll.Ready(place) & (PollEvents.HangUp | PollEvents.Error)) != 0;
    }
}
