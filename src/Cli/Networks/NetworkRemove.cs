using System.CommandLine;
using Net.Api.Clients;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary><c>netctl network rm</c>: removes networks and prints each name that was given.</summary>
internal sealed class NetworkRemove : Verb
{
    private readonly Option<bool> _force = Flags.Switch(
        "--force", "-f", "Do not fail when a network does not exist; remove one that Docker Engine has forgotten, too");
    private readonly Argument<string[]> _networks = Positional.Some("NETWORK", "Names or ids of networks");

    public NetworkRemove()
        : base("rm", "Remove networks that have no containers")
    {
        Aliases.Add("remove");
        Add(_force);
        Add(_networks);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl network rm front back";

    public override bool Removes(ParseResult parsed) => true;

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        context.ForEachAsync(parsed.GetValue(_networks)!, async name =>
        {
            try
            {
                if (await context.RunAsync(context.Api.RemoveNetwork(name, parsed.GetValue(_force)), cancellationToken))
                {
                    context.Output.WriteLine(name);
                }
            }
            catch (ApiException e) when (e.IsNotFound && parsed.GetValue(_force))
            {
                // It is not there, as it is to be.
            }
        });
}
