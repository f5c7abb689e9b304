using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>The thread that reads, decides and answers. It watches all sockets of its clients, and the sockets over which their queries are
/// forwarded.</summary>
/// <remarks>
/// Nothing that it runs may block. Each client has a <see cref="ClientQuota"/>: a few bounded calls a round, however many sockets it has.
/// The rest of its work waits until all other clients were served, and then goes on one client at a time (<see cref="FairScheduler"/>): a
/// quiet client waits for no more than the quota of a client that floods, even when a thousand of them do. The thread works in the network
/// namespace of the thread that makes it. Source: epoll(7).
/// </remarks>
internal sealed class ServingThread : IDisposable
{
    private const long WakeToken = 0;

    private readonly EpollSet _set = new();
    private readonly WakeSignal _wake = new();
    private readonly Dictionary<long, IReadinessHandler> _handlers = [];
    private readonly FairScheduler _scheduler = new();
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Action<Exception> _onFault;
    private readonly Action<IReadinessHandler, PollEvents> _call;
    private readonly Thread _thread;
    private volatile ITimeoutQueue[] _timeouts = []; // the thread runs already while its maker adds some
    private long _lastToken = WakeToken;
    private Action _last = static () => { };
    private bool _closed;
    private volatile bool _ends;

    /// <summary>Starts the thread.</summary>
    /// <param name="onFault">Called in the thread with an exception that a handler has thrown: a fault of the program, after which
    /// everything else goes on.</param>
    public ServingThread(Action<Exception> onFault)
    {
        _onFault = onFault;
        _call = Call;
        _set.Add(_wake.Handle, WakeToken);
        Now = Environment.TickCount64;
        _thread = new Thread(Run) { Name = "dns", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Milliseconds of a clock that only goes forward, as of the beginning of this round.</summary>
    public long Now { get; private set; }

    /// <summary>Watches a descriptor. In the thread alone.</summary>
    /// <param name="descriptor">An open, non-blocking descriptor.</param>
    /// <param name="handler">Called when the descriptor is ready.</param>
    /// <param name="events">What the descriptor is watched for.</param>
    /// <param name="edge">Edge-triggered: the handler reads until nothing is left, or reschedules itself.</param>
    /// <returns>The token to change or end the watch with.</returns>
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

    /// <summary>Ends the watch of a descriptor; to be called before it is closed. In the thread alone.</summary>
    public void Unwatch(long token, SafeHandle descriptor)
    {
        if (_handlers.Remove(token, out IReadinessHandler? handler))
        {
            _scheduler.Remove(handler);
            _set.Remove(descriptor);
        }
    }

    /// <summary>Calls a handler that has a quota again, after the handlers of other clients. In the thread alone.</summary>
    public void Reschedule(IReadinessHandler handler) => _scheduler.Enqueue(handler);

    /// <summary>Handles the timeouts of a queue from now on. In the thread alone, or before it has anything to do.</summary>
    public void Watch(ITimeoutQueue timeouts) => _timeouts = [.. _timeouts, timeouts];

    /// <summary>Queues an action to be run in the thread. From any thread.</summary>
    /// <returns>False when the thread has ended: the action will never run.</returns>
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

    /// <summary>Runs a function in the thread and waits for its result. From any other thread.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public T Invoke<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isPosted = Post(() =>
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
        ObjectDisposedException.ThrowIf(!isPosted, this);
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Runs what was posted, ends the thread and waits for its end.</summary>
    public void Dispose() => End(static () => { });

    /// <summary>Runs what was posted and one more action, ends the thread and waits for its end.</summary>
    /// <param name="last">Run in the thread after everything else; what it posts is refused.</param>
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
            ReadOnlySpan<Readiness> all = _set.Wait(NextTimeout());
            Now = Environment.TickCount64;
            _scheduler.BeginRound();
            RunPosted(); // first, so that what was posted before a message came holds for that message
            foreach (Readiness ready in all)
            {
                if (_handlers.TryGetValue(ready.Token, out IReadinessHandler? handler))
                {
                    if (_scheduler.TryRunNow(handler, ready.Events))
                    {
                        Call(handler, ready.Events);
                    }
                }
                else if (ready.Token == WakeToken)
                {
                    _wake.Clear();
                }
            }

            _scheduler.RunNextClient(_call);
            foreach (ITimeoutQueue timeouts in _timeouts)
            {
                Guard(static t => t.Expire(), timeouts);
            }
        }

        lock (_gate)
        {
            _closed = true;
        }

        RunPosted();
        Guard(static a => a(), _last);
    }

    private TimeSpan? NextTimeout()
    {
        if (_scheduler.HasWaiting || !_posted.IsEmpty)
        {
            return TimeSpan.Zero;
        }

        long? next = null;
        foreach (ITimeoutQueue timeouts in _timeouts)
        {
            next = timeouts.Next is { } due && !(due > next) ? due : next;
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
