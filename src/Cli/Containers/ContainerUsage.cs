using System.CommandLine;
using System.Text.Json.Nodes;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Containers.Statistics;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl stats</c>: shows what containers use, again and again.</summary>
internal sealed class ContainerUsage : Verb
{
    // ECMA-48: the cursor to the first line, then erase all that follows.
    private const string BeginAgain = "\u001b[H\u001b[J";

    private readonly Argument<string[]> _containers = Positional.Any(
        "CONTAINER", "Names or ids of containers; all that run when none is given");

    private readonly Option<bool> _all = Flags.Switch("--all", "-a", "Also containers that do not run");
    private readonly Option<bool> _once = Flags.Switch("--no-stream", null, "Measure once and end");
    private readonly Option<bool> _noTruncate = Flags.Switch("--no-trunc", null, "Do not cut ids");
    private readonly Option<string?> _format = Flags.One(
        "--format", null, "FORMAT", "table, json, or a Go template such as '{{.Name}} {{.CPUPerc}}'");

    public ContainerUsage()
        : base("stats",
            "Show what containers use\n"
            + "Processor time, memory and disk access are those of the processes of a container, traffic that of its links.")
    {
        Add(_all);
        Add(_once);
        Add(_noTruncate);
        Add(_format);
        Add(_containers);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl stats --no-stream\n"
        + "netctl stats --format '{{.Name}} {{.CPUPerc}}' web db";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = ListFormat.Parse(parsed.GetValue(_format), UsageRows.DefaultColumns);
        string[] named = parsed.GetValue(_containers)!;
        bool once = parsed.GetValue(_once);
        using var output = StandardStream.OpenOutput();
        bool redraws = !once && TerminalMode.IsTerminal(output.Descriptor);
        do
        {
            IReadOnlyList<string> containers = named.Length > 0 ? named : await ListAsync(parsed, context, cancellationToken);
            JsonObject[] rows =
            [
                .. UsageRows.Of(
                    await Task.WhenAll(containers.Select(name => ReadAsync(context, name, isNamed: named.Length > 0, cancellationToken))),
                    containers,
                    !parsed.GetValue(_noTruncate)),
            ];
            if (redraws)
            {
                // The daemon's text goes through Output, which makes it safe to print; this is our own.
                output.Write(System.Text.Encoding.ASCII.GetBytes(BeginAgain));
            }

            context.Output.Write(format.Render(rows, UsageRows.Headings));
            context.Output.Flush();
            if (containers.Count == 0 && !once)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellationToken); // no measurement takes its time
            }
        }
        while (!once);

        return 0;
    }

    private async Task<IReadOnlyList<string>> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> all = await context.Api.ListContainersAsync(parsed.GetValue(_all), cancellationToken);
        return [.. all.Select(container => container.Id)];
    }

    // A container that was listed may be gone by now; one that was named is to be there.
    private static async Task<ContainerStats?> ReadAsync(
        VerbContext context, string name, bool isNamed, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Api.ReadStatsAsync(name, cancellationToken);
        }
        catch (ApiException) when (!isNamed)
        {
            return null;
        }
    }
}
