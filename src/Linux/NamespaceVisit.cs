using System.Runtime.ExceptionServices;

namespace Net.Linux;

/// <summary>One function to be run by the namespace thread inside a namespace; the thread that requested it waits for its end.</summary>
internal abstract class NamespaceVisit(NetworkNamespace? target)
{
    private readonly object _gate = new();
    private bool _done;
    private ExceptionDispatchInfo? _error;

    /// <summary>Enters the target namespace, runs the function and returns home. Called on the namespace thread; it never throws, but keeps
    /// the exception for <see cref="Wait"/>.</summary>
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

    /// <summary>Blocks until the visit is over; rethrows the exception of the function or of entering the namespace.</summary>
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

    /// <summary>Runs the function and keeps its result.</summary>
    protected abstract void Work();
}

/// <summary>A visit whose function returns a value.</summary>
internal sealed class NamespaceVisit<T>(NetworkNamespace? target, Func<T> body) : NamespaceVisit(target)
{
    private T? _result;

    /// <summary>Blocks until the visit is over and returns the function's value, or rethrows its exception.</summary>
    internal T WaitForResult()
    {
        Wait();
        return _result!;
    }

    /// <inheritdoc/>
    protected override void Work() => _result = body();
}
