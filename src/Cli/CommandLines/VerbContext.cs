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
    /// <summary>Prints the commands of a dry run.</summary>
    public async Task PrintAsync(Task<IReadOnlyList<string>> commands)
    {
        foreach (string command in await commands)
        {
            Output.WriteLine(command);
        }
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
