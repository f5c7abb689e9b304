using System.Net.Sockets;

namespace Net.Linux;

/// <summary>Makes the .NET runtime start its own threads while every thread is still in the home namespace.</summary>
public static class RuntimePrimer
{
    /// <summary>Uses the thread pool, the timer thread and the socket engine once, and waits until each has done its work, so that their
    /// threads exist. Call once, when the process starts.</summary>
    /// <remarks>A runtime thread is cloned from the thread that first needs it and keeps that thread's network namespace permanently. The
    /// call takes a few milliseconds.</remarks>
    // RS0030: BannedSymbols.txt bans these types in the rest of the project. They are allowed here, where all threads are still in the
    // home namespace.
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
        // An accept that cannot finish at once registers with the socket engine and so starts its thread. An abstract Unix address
        // (unix(7)) needs no file, and no loopback link, which is down in a new namespace.
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
