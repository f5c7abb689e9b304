using System.Net;
using System.Net.Sockets;

namespace Net.Linux;

/// <summary>Makes the runtime start its own threads while every thread is still in the home namespace.</summary>
public static class RuntimePrimer
{
    /// <summary>Touches the thread pool, the timer thread and the socket engine and waits until each has answered. Call once, at start.</summary>
    /// <remarks>A runtime thread is cloned from the thread that first needs it and inherits its namespace for good. Takes a few milliseconds.</remarks>
    public static void Prime()
    {
        using var pool = new ManualResetEventSlim(false);
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), pool, preferLocal: false);
        pool.Wait();

        using var tick = new ManualResetEventSlim(false);
        using (new Timer(static state => ((ManualResetEventSlim)state!).Set(), tick, dueTime: 1, period: Timeout.Infinite))
        {
            tick.Wait();
        }

        PrimeSocketEngine();
    }

    private static void PrimeSocketEngine()
    {
        // A receive that cannot finish at once registers with the engine and starts its thread; a socket pair over a Unix path would need
        // a file, so a datagram socket on loopback sends to itself. A new namespace has its loopback down: then only the wait is skipped.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ValueTask<int> received = socket.ReceiveAsync(new byte[1].AsMemory(), SocketFlags.None, CancellationToken.None);
        try
        {
            socket.SendTo(new byte[1], socket.LocalEndPoint!);
        }
        catch (SocketException)
        {
            socket.Dispose();
        }

        try
        {
            received.AsTask().Wait();
        }
        catch (AggregateException error) when (error.InnerException is SocketException or ObjectDisposedException)
        {
            // The engine thread runs, which is all that was wanted.
        }
    }
}
