using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Net.Shims.Sandboxes;

/// <summary>The one thread of a shim that is in the sandbox's namespaces. It never leaves: what it starts, starts in them.</summary>
internal sealed class SandboxThread : IDisposable
{
    private const int StackBytes = 256 * 1024;

    private readonly BlockingCollection<Action> _visits = [];

    internal SandboxThread() =>
        new Thread(Loop, StackBytes) { IsBackground = true, Name = "sandbox" }.Start();

    /// <summary>Runs <paramref name="body"/> there, waits, and throws what it throws.</summary>
    internal T Run<T>(Func<T> body)
    {
        using var done = new ManualResetEventSlim(false);
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        _visits.Add(() =>
        {
            try
            {
                result = body();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }

            done.Set();
        });
        done.Wait();
        failure?.Throw();
        return result!;
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose() => _visits.CompleteAdding();

    private void Loop()
    {
        foreach (Action visit in _visits.GetConsumingEnumerable())
        {
            visit();
        }
    }
}
