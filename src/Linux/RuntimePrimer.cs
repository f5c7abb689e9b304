using System.Net.Sockets;

namespace Net.Linux;

/// <summary>Makes the runtime start its own threads while every thread is still in the home namespace.</summary>
public static class RuntimePrimer
{
    /// <summary>Touches the thread pool, the timer thread and the socket engine and waits until each has answered. Call once, at
    /// start.</summary>
    /// <remarks>A runtime thread is cloned from the thread that first needs it and inherits its namespace for good. Takes a few
    /// milliseconds.</remarks>
// Banned everywhere else in this room: this is where those threads are started, while every thread is at home.
#pragma warning disable RS0030
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
#pragma warning restore RS0030

    private static void PrimeSocketEngine()
    {
        // An accept that cannot finish at once registers with the engine and starts its thread. An abstract Unix address (unix(7)) needs
        // neither a file nor a loopback that is up, as it is not in a new namespace.
        var address = new UnixDomainSocketEndPoint($"\0netctl-prime-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen(1);
        Task<Socket> accepted = listener.AcceptAsync();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(address);
        accepted.GetAwaiter().GetResult().Dispose();
    }
}
