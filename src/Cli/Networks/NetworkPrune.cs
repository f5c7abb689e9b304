using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Terminals;

namespace Net.Cli.Networks;

/// <summary><c>netctl network prune</c>: removes all networks that no container uses, and prints their names.</summary>
internal sealed class NetworkPrune : Verb
{
    private static readonly string[] Known = ["label", "label!", "until"];

    private readonly Option<bool> _force = Flags.Switch("--force", "-f", "Do not ask");
    private readonly Option<string[]> _filters = Flags.Many(
        "--filter", null, "FILTER", "Only networks with label= or label!= so, or made before until=TIMESTAMP, such as until=24h");

    public NetworkPrune()
        : base("prune", "Remove all networks that no container uses")
    {
        Add(_force);
        Add(_filters);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "It succeeded, or the answer to its question was no."),
        ExitStatus.OneFor("There is nobody to ask, and `-f` is missing"),
    ];

    public override string Example => "netctl network prune -f --filter until=24h";

    public override bool TakesDryRun => true;

    public override bool Removes(ParseResult parsed) => true;

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters = FilterWords.Parse(parsed.GetValue(_filters)!, Known);
        if (!parsed.GetValue(_force) && !context.DryRun)
        {
            switch (Confirmation.Ask(context.Error, "This will remove all custom networks not used by at least one container."))
            {
                case null:
                    context.Error.WriteLine("netctl: nothing was removed, since there is nobody to ask: give -f");
                    return 1;
                case false:
                    return 0;
            }
        }

        NetworkPruneResponse? removed = await context.RunAsync(context.Api.PruneNetworks(filters), cancellationToken);
        PruneText.Write(context.Output, "Networks", removed?.NetworksDeleted);
        return 0;
    }
}
