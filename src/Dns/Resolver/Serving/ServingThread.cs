using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>The one thread that reads, decides and answers: all sockets of its clients and of their questions upstream are watched by it.</summary>
/// <remarks>
/// Nothing that it runs may block. Each client has a <see cref="Share"/>: a few bounded pieces of work a turn, however many sockets it has. What is left goes on after
/// all others had their turn, one client at a time (<see cref="Turns"/>): a client that floods gives a quiet one no more than its share to wait for, and so do a
/// thousand that flood. Works in the network namespace of whoever starts it. Source: epoll(7).
/// </remarks>
internal sealed class ServingThread : IDisposable
{
    private const long WakeToken = 0;

    private readonly EpollSet _set = new();
    private readonly WakeSignal _wake = new();
    private readonly Dictionary<long, IReadinessHandler> _handlers = [];
    private readonly Turns _turns = new();
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Action<Exception> _onFault;
    private readonly Action<IReadinessHandler, PollEvents> _call;
    private readonly Thread _thread;
    private volatile IDeadlines[] _deadlines = []; // whoever made the thread adds some while it runs already
    private long _lastToken = WakeToken;
    private Action _last = static () => { };
    private bool _closed;
    private volatile bool _ends;

    /// <summary>Starts the thread.</summary>
    /// <param name="onFault">Called in the thread with an exception that a handler let out: a fault of the program, after which all others go on.</param>
    public ServingThread(Action<Exception> onFault)
    {
        _onFault = onFault;
        _call = Call;
        _set.Add(_wake.Handle, WakeToken);
        Now = Environment.TickCount64;
        _thread = new Thread(Run) { Name = "dns", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Milliseconds of a clock that only goes forward, as of the beginning of this turn.</summary>
    public long Now { get; private set; }

    /// <summary>Watches a descriptor. In the thread alone.</summary>
    /// <param name="descriptor">An open descriptor that never waits.</param>
    /// <param name="handler">Who is told.</param>
    /// <param name="events">What it waits for.</param>
    /// <param name="edge">Told once for all that has come: the handler reads until nothing is left, or asks to go on.</param>
    /// <returns>What to change or end it with.</returns>
    /// <exception cref="Net.Linux.LinuxException">The kernel has no room to watch it.</exception>
    public long Watch(SafeHandle descriptor, IReadinessHandler handler, PollEvents events = PollEvents.Readable, bool edge = false)
    {
        long token = ++_lastToken;
        if (edge)
        {
            _set.AddEdge(descriptor, token, events);
        }
        else
        {
            _set.Add(descriptor, token, events);
        }

        _handlers.Add(token, handler);
        return token;
    }

    /// <summary>Changes what a descriptor is watched for. In the thread alone.</summary>
    public void Change(long token, SafeHandle descriptor, PollEvents events) => _set.Change(descriptor, token, events);

    /// <summary>Watches a descriptor no more; to be called before it is closed. In the thread alone.</summary>
    public void Unwatch(long token, SafeHandle descriptor)
    {
        if (_handlers.Remove(token, out IReadinessHandler? handler))
        {
            _turns.Forget(handler);
            _set.Remove(descriptor);
        }
    }

    /// <summary>Calls a handler that has a share again when the others have had their turn. In the thread alone.</summary>
    public void GoOn(IReadinessHandler handler) => _turns.Wait(handler);

    /// <summary>Watches deadlines from now on. In the thread alone, or before it has anything to do.</summary>
    public void Watch(IDeadlines deadlines) => _deadlines = [.. _deadlines, deadlines];

    /// <summary>Has something done in the thread, soon. From any thread.</summary>
    /// <returns>False when the thread has ended, and it will never be done.</returns>
    public bool Post(Action action)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _posted.Enqueue(action);
            _wake.Set();
            return true;
        }
    }

    /// <summary>Has something done in the thread and waits for it. From any other thread.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public T Invoke<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool willBeDone = Post(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        ObjectDisposedException.ThrowIf(!willBeDone, this);
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Does what was posted, ends the thread and waits for its end.</summary>
    public void Dispose() => End(static () => { });

    /// <summary>Does what was posted and one more thing, ends the thread and waits for its end.</summary>
    /// <param name="last">Done in the thread after everything else; what it posts is refused.</param>
    public void End(Action last)
    {
        _last = last;
        _ends = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _set.Dispose();
    }

    private void Run()
    {
        while (!_ends)
        {
            ReadOnlySpan<Readiness> all = _set.Wait(Patience());
            Now = Environment.TickCount64;
            _turns.Begin();
            RunPosted(); // first: what was posted before a message came holds for that message
            foreach (Readiness ready in all)
            {
                if (_handlers.TryGetValue(ready.Token, out IReadinessHandler? handler))
                {
                    if (_turns.MayRun(handler, ready.Events))
                    {
                        Call(handler, ready.Events);
                    }
                }
                else if (ready.Token == WakeToken)
                {
                    _wake.Clear();
                }
            }

            _turns.RunNext(_call);
            foreach (IDeadlines deadlines in _deadlines)
            {
                Guard(static d => d.Expire(), deadlines);
            }
        }

        lock (_gate)
        {
            _closed = true;
        }

        RunPosted();
        Guard(static a => a(), _last);
    }

    private TimeSpan? Patience()
    {
        if (_turns.HasWaiting || !_posted.IsEmpty)
        {
            return TimeSpan.Zero;
        }

        long? next = null;
        foreach (IDeadlines deadlines in _deadlines)
        {
            next = deadlines.Next is { } due && !(due > next) ? due : next;
        }

        return next is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, at - Environment.TickCount64)) : null;
    }

    private void RunPosted()
    {
        while (_posted.TryDequeue(out Action? action))
        {
            Guard(static a => a(), action);
        }
    }

    private void Call(IReadinessHandler handler, PollEvents events)
    {
        try
        {
            handler.OnReady(events);
        }
        catch (Exception error)
        {
            _onFault(error);
        }
    }

    private void Guard<T>(Action<T> action, T argument)
    {
        try
        {
            action(argument);
        }
        catch (Exception error)
        {
            _onFault(error);
        }
    }
}
