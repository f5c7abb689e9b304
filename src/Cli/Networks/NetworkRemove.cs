using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary><c>netctl network rm</c>: removes networks and prints each name that was given.</summary>
internal sealed class NetworkRemove : Verb
{
    private readonly Argument<string[]> _networks = Positional.Some("NETWORK", "Names or ids of networks");

    public NetworkRemove()
        : base("rm", "Remove networks that have no containers")
    {
        Aliases.Add("remove");
        Add(_networks);
    }

    public override bool TakesDryRun => true;

    public override string Example => "netctl network rm front back";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_networks)!, async name =>
        {
            if (await context.RunAsync(context.Api.RemoveNetwork(name), cancellationToken))
            {
                context.Output.WriteLine(name);
            }
        });
}
