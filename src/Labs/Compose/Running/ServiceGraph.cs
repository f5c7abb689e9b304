using System.Runtime.ExceptionServices;

namespace Net.Labs.Compose.Running;

/// <summary>Runs an action for each of several things, all at once but for those that have to wait for others.</summary>
internal static class ServiceGraph
{
    /// <summary>Runs the actions. When one fails, the others are cancelled.</summary>
    /// <typeparam name="T">What an action gives to those that wait for it.</typeparam>
    /// <param name="names">The things, each after those that it waits for.</param>
    /// <param name="needs">The things that one waits for; those that are not among the things are passed over.</param>
    /// <param name="action">The action of a thing, given the results of those it has waited for.</param>
    /// <param name="cancellationToken">Cancels all actions.</param>
    /// <exception cref="Exception">That of the action that failed first, after all others have ended.</exception>
    public static async Task RunAsync<T>(
        IEnumerable<string> names,
        Func<string, IEnumerable<string>> needs,
        Func<string, IReadOnlyDictionary<string, T>, CancellationToken, Task<T>> action,
        CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? first = null;
        var tasks = new Dictionary<string, Task<T>>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            (string, Task<T>)[] needed = [.. needs(name).Distinct().Where(tasks.ContainsKey).Select(other => (other, tasks[other]))];
            tasks[name] = RunOneAsync(name, needed);
        }

        Task all = Task.WhenAll(tasks.Values);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        first?.Throw();

        async Task<T> RunOneAsync(string name, IReadOnlyList<(string Name, Task<T> Task)> needed)
        {
            try
            {
                var results = new Dictionary<string, T>(StringComparer.Ordinal);
                foreach ((string other, Task<T> task) in needed)
                {
                    results[other] = await task;
                }

                return await action(name, results, end.Token);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(error), null);
                await end.CancelAsync();
                throw;
            }
        }
    }
}
