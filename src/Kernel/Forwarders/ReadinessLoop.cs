using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Net.Linux.Descriptors;

namespace Net.Kernel.Forwarders;

/// <summary>One thread that watches descriptors by epoll and calls the reader of each that has something to read.</summary>
/// <remarks>The thread starts with the first descriptor, in the network namespace of the thread that adds it.</remarks>
internal sealed class ReadinessLoop(TimeSpan interval, Action tick) : IDisposable
{
    private const long WakeToken = 0;

    // While no descriptor is free, a waiting connection stays ready: without a pause the thread would spin.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, Func<bool>> _readers = new();
    private EpollSet? _set;
    private PipePair _wake;
    private Thread? _thread;
    private long _lastToken = WakeToken;
    private volatile bool _ends;

    /// <summary>Watches a descriptor.</summary>
    /// <param name="descriptor">It must be removed before it is closed, or be closed for good: a reader is not called for a closed
    /// one.</param>
    /// <param name="read">Called in the loop's thread while there is something to read. Returns false when no descriptor is free; it is
    /// called again later.</param>
    /// <returns>The registration, to remove the descriptor with.</returns>
    public long Add(SafeHandle descriptor, Func<bool> read)
    {
        EpollSet set = Start();
        long token = Interlocked.Increment(ref _lastToken);
        _readers[token] = read;
        try
        {
            set.Add(descriptor, token);
            return token;
        }
        catch
        {
            _readers.TryRemove(token, out _);
            throw;
        }
    }

    /// <summary>Ends watching a descriptor. A call of the reader that has begun goes on.</summary>
    public void Remove(long token, SafeHandle descriptor)
    {
        if (_readers.TryRemove(token, out _))
        {
            _set!.Remove(descriptor);
        }
    }

    /// <summary>Ends the thread and waits for its end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ends = true;
        }

        // Not under the lock: the thread may be adding a descriptor.
        _wake.Writer?.Dispose();
        _thread?.Join();
        _wake.Reader?.Dispose();
        _set?.Dispose();
    }

    private EpollSet Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ends, this);
            if (_set is null)
            {
                _set = new EpollSet();
                _wake = PipePair.Create();
                _set.Add(_wake.Reader, WakeToken);
                _thread = new Thread(() => Run(_set)) { Name = "forwarder", IsBackground = true };
                _thread.Start();
            }

            return _set;
        }
    }

    private void Run(EpollSet set)
    {
        long due = Environment.TickCount64 + (long)interval.TotalMilliseconds;
        while (!_ends)
        {
            bool used = false;
            foreach (Readiness ready in set.Wait(TimeSpan.FromMilliseconds(Math.Max(0, due - Environment.TickCount64))))
            {
                used |= _readers.TryGetValue(ready.Token, out Func<bool>? read) && !TryRead(read);
            }

            if (Environment.TickCount64 >= due)
            {
                tick();
                due = Environment.TickCount64 + (long)interval.TotalMilliseconds;
            }

            if (used)
            {
                Thread.Sleep(Rest);
            }
        }
    }

    private static bool TryRead(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            return true; // another thread has closed it meanwhile, or the peer is gone
        }
    }
}
