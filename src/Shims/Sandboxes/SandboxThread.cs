using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Net.Shims.Sandboxes;

/// <summary>The one thread of a shim that is in the sandbox's namespaces. It never leaves them, and the processes that it starts are in
/// them too.</summary>
internal sealed class SandboxThread : IDisposable
{
    private const int StackBytes = 256 * 1024;

    private readonly BlockingCollection<Action> _work = [];

    internal SandboxThread() =>
        new Thread(Loop, StackBytes) { IsBackground = true, Name = "sandbox" }.Start();

    /// <summary>Runs <paramref name="body"/> on the thread, waits for it, and throws what it throws.</summary>
    internal T Run<T>(Func<T> body)
    {
        using var done = new ManualResetEventSlim(false);
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        _work.Add(() =>
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
    public void Dispose() => _work.CompleteAdding();

    private void Loop()
    {
        foreach (Action item in _work.GetConsumingEnumerable())
        {
            item();
        }
    }
}
