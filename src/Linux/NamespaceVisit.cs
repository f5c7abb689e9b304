using System.Runtime.ExceptionServices;

namespace Net.Linux;

/// <summary>One piece of work for the namespace thread, waited for by the thread that asked.</summary>
internal abstract class NamespaceVisit(NetworkNamespace? target)
{
    private readonly object _gate = new();
    private bool _done;
    private ExceptionDispatchInfo? _error;

    /// <summary>Enters, works and leaves; on the namespace thread. Never throws.</summary>
    internal void Perform(Action<NetworkNamespace> enter, Action leave)
    {
        try
        {
            try
            {
                if (target is not null)
                {
                    enter(target);
                }

                Work();
            }
            finally
            {
                leave();
            }
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }

        lock (_gate)
        {
            _done = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Blocks until the work is done and throws what it threw.</summary>
    protected void Wait()
    {
        lock (_gate)
        {
            while (!_done)
            {
                Monitor.Wait(_gate);
            }
        }

        _error?.Throw();
    }

    /// <summary>The work itself.</summary>
    protected abstract void Work();
}

/// <summary>A visit with a result.</summary>
internal sealed class NamespaceVisit<T>(NetworkNamespace? target, Func<T> body) : NamespaceVisit(target)
{
    private T? _result;

    /// <summary>Blocks until the work is done.</summary>
    internal T WaitForResult()
    {
        Wait();
        return _result!;
    }

    /// <inheritdoc/>
    protected override void Work() => _result = body();
}
