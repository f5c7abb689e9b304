using Net.Api.Clients;

namespace Net.Cli.CommandLines;

/// <summary>What a verb works with.</summary>
/// <param name="Api">The daemon.</param>
/// <param name="Output">What scripts read: ids, tables, JSON.</param>
/// <param name="Error">All else.</param>
/// <param name="DryRun">Whether to print what would be done instead of doing it.</param>
/// <param name="Time">The present, for how long ago things were.</param>
internal sealed record VerbContext(IApiClient Api, TextWriter Output, TextWriter Error, bool DryRun, TimeProvider Time)
{
    /// <summary>Runs an operation, or with <c>--dry-run</c> prints the commands that explain it.</summary>
    /// <returns>The daemon's answer; null in a dry run, after which the verb has nothing more to do.</returns>
    public async Task<T?> RunAsync<T>(ApiOperation<T> operation, CancellationToken cancellationToken)
        where T : class => await ExplainAsync(operation, cancellationToken) ? null : await operation.RunAsync(cancellationToken);

    /// <summary>Runs an operation that is answered without a document, or with <c>--dry-run</c> prints the commands that explain it.</summary>
    /// <returns>Whether it was run; false in a dry run, after which the verb has nothing more to do.</returns>
    public async Task<bool> RunAsync(ApiOperation operation, CancellationToken cancellationToken)
    {
        if (await ExplainAsync(operation, cancellationToken))
        {
            return false;
        }

        await operation.RunAsync(cancellationToken);
        return true;
    }

    /// <summary>Prints the commands that explain an operation when <c>--dry-run</c> was given: the one place where netctl decides that.</summary>
    /// <returns>Whether it was given, so that the operation must not be run.</returns>
    public async Task<bool> ExplainAsync(ApiOperation operation, CancellationToken cancellationToken)
    {
        if (DryRun)
        {
            foreach (string command in await operation.ExplainAsync(cancellationToken))
            {
                Output.WriteLine(command);
            }
        }

        return DryRun;
    }

    /// <summary>Does one thing to each of several objects; a failure is told and the rest goes on.</summary>
    /// <returns>The exit code: 1 when anything failed.</returns>
    public async Task<int> ForEachAsync(IEnumerable<string> names, Func<string, Task> action)
    {
        int exitCode = 0;
        foreach (string name in names)
        {
            try
            {
                await action(name);
            }
            catch (ApiException e)
            {
                Error.WriteLine(ErrorText.Of(e));
                exitCode = 1;
            }
        }

        return exitCode;
    }
}
