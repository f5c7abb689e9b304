namespace Net.Labs.Compose.Running;

/// <summary>Runs an action for each of several things, all at once but for those that have to wait for others.</summary>
internal static class ServiceGraph
{
    /// <summary>Runs the actions. When one fails, those that wait for it are not run.</summary>
    /// <typeparam name="T">What an action gives to those that wait for it.</typeparam>
    /// <param name="names">The things, each after those that it waits for.</param>
    /// <param name="needs">The things that one waits for.</param>
    /// <param name="action">The action of a thing, given the results of those it has waited for.</param>
    /// <exception cref="Exception">That of the first action that failed, after all others have ended.</exception>
    public static async Task RunAsync<T>(
        IEnumerable<string> names,
        Func<string, IEnumerable<string>> needs,
        Func<string, IReadOnlyDictionary<string, T>, Task<T>> action)
    {
        var tasks = new Dictionary<string, Task<T>>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            tasks[name] = RunOneAsync(name, [.. needs(name).Distinct().Select(other => (other, tasks[other]))], action);
        }

        try
        {
            await Task.WhenAll(tasks.Values);
        }
        catch (Exception)
        {
            // Those that waited in vain have the same error.
            Task<T> first = tasks.Values.First(task => task.IsFaulted || task.IsCanceled);
            throw first.Exception?.InnerException ?? new OperationCanceledException();
        }
    }

    private static async Task<T> RunOneAsync<T>(
        string name, IReadOnlyList<(string Name, Task<T> Task)> needed, Func<string, IReadOnlyDictionary<string, T>, Task<T>> action)
    {
        var results = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((string other, Task<T> task) in needed)
        {
            results[other] = await task;
        }

        return await action(name, results);
    }
}
