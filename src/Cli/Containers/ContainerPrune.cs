using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Networks;
using Net.Cli.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl container prune</c>: removes all containers that do not run, and prints their ids.</summary>
internal sealed class ContainerPrune : Verb
{
    private static readonly string[] Known = ["label", "label!", "until"];

    private readonly Option<bool> _force = Flags.Switch("--force", "-f", "Do not ask");
    private readonly Option<string[]> _filters = Flags.Many(
        "--filter", null, "FILTER", "Only containers with label= or label!= so, or made before until=TIMESTAMP, such as until=24h");

    public ContainerPrune()
        : base("prune", "Remove all containers that do not run")
    {
        Add(_force);
        Add(_filters);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "It succeeded, or the answer to its question was no."),
        ExitStatus.OneFor("There is nobody to ask, and `-f` is missing"),
    ];

    public override string Example => "netctl container prune -f --filter until=24h";

    public override bool Removes(ParseResult parsed) => true;

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters = FilterWords.Parse(parsed.GetValue(_filters)!, Known);
        if (!parsed.GetValue(_force))
        {
            switch (Confirmation.Ask(context.Error, "This will remove all stopped containers."))
            {
                case null:
                    context.Error.WriteLine("netctl: nothing was removed, since there is nobody to ask: give -f");
                    return 1;
                case false:
                    return 0;
            }
        }

        ContainerPruneResponse removed = await context.Api.PruneContainersAsync(filters, cancellationToken);
        PruneText.Write(context.Output, "Containers", removed.ContainersDeleted);
        context.Output.WriteLine(PruneText.Total);
        return 0;
    }
}
