using Net.Api.Clients;

namespace Net.Cli.CommandLines;

/// <summary>What a verb needs to run.</summary>
/// <param name="Api">The client of the daemon.</param>
/// <param name="Output">Standard output, for what scripts read: ids, tables, JSON.</param>
/// <param name="Error">Standard error, for everything else.</param>
/// <param name="DryRun">Whether <c>--dry-run</c> was given. Verbs do not read it: they call RunAsync or ExplainAsync below.</param>
/// <param name="Time">The clock, for how long ago something was.</param>
internal sealed record VerbContext(IApiClient Api, TextWriter Output, TextWriter Error, bool DryRun, TimeProvider Time)
{
    /// <summary>Runs an operation, or with <c>--dry-run</c> prints the commands that explain it.</summary>
    /// <returns>The daemon's answer; null in a dry run, after which the verb has nothing more to do.</returns>
    public async Task<T?> RunAsync<T>(ApiOperation<T> operation, CancellationToken cancellationToken)
        where T : class => await ExplainAsync(operation, cancellationToken) ? null : await operation.RunAsync(cancellationToken);

    /// <summary>Runs an operation that is answered without a document, or with <c>--dry-run</c> prints the commands that explain
    /// it.</summary>
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

    /// <summary>Prints the commands that explain an operation when <c>--dry-run</c> was given: the one place where netctl decides
    /// that.</summary>
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

    /// <summary>Performs an action on each of several objects. An error is printed, and the others follow.</summary>
    /// <returns>The exit code: 1 when an action failed, else 0.</returns>
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
