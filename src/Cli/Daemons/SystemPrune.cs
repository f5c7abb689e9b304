using System.CommandLine;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Networks;
using Net.Cli.Terminals;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system prune</c>: removes all containers that do not run, and then the networks that no container uses.</summary>
internal sealed class SystemPrune : Verb
{
    private static readonly string[] Known = ["label", "label!", "until"];

    private readonly Option<bool> _force = Flags.Switch("--force", "-f", "Do not ask");

    // Docker's options for the images and volumes that are removed too. There are none here, so they are accepted and change nothing.
    private readonly Option<bool> _all = Flags.Switch("--all", "-a", "Accepted as Docker's; there are no images here");
    private readonly Option<bool> _volumes = Flags.Switch("--volumes", null, "Accepted as Docker's; there are no volumes here");
    private readonly Option<string[]> _filters = Flags.Many(
        "--filter", null, "FILTER", "Only what has label= or label!= so, or was made before until=TIMESTAMP, such as until=24h");

    public SystemPrune()
        : base("prune", "Remove all containers that do not run and all unused networks")
    {
        Add(_all);
        Add(_volumes);
        Add(_filters);
        Add(_force);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "It succeeded, or the answer to its question was no."),
        ExitStatus.OneFor("There is nobody to ask, and `-f` is missing"),
    ];

    public override string Example => "netctl system prune -f --filter until=24h";

    public override bool Removes(ParseResult parsed) => true;

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string[] words = parsed.GetValue(_filters)!;
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters = FilterWords.Parse(words, Known);
        if (!parsed.GetValue(_force))
        {
            switch (Confirmation.Ask(context.Error, Warning(words)))
            {
                case null:
                    context.Error.WriteLine("netctl: nothing was removed, since there is nobody to ask: give -f");
                    return 1;
                case false:
                    return 0;
            }
        }

        ContainerPruneResponse containers = await context.Api.PruneContainersAsync(filters, cancellationToken);
        PruneText.Write(context.Output, "Containers", containers.ContainersDeleted);
        NetworkPruneResponse networks = await context.Api.PruneNetworks(filters).RunAsync(cancellationToken);
        PruneText.Write(context.Output, "Networks", networks.NetworksDeleted);
        context.Output.WriteLine(PruneText.Total);
        return 0;
    }

    private static string Warning(string[] filters)
    {
        string what = "This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n";
        return filters.Length == 0
            ? what
            : what + "\n  Items to be pruned will be filtered with:\n" + string.Concat(filters.Select(filter => $"  - {filter}\n"));
    }
}
