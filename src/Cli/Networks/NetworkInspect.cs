using System.CommandLine;
using Net.Api;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Cli.Networks;

/// <summary><c>netctl network inspect</c>: prints networks with all their details.</summary>
internal sealed class NetworkInspect : Verb
{
    private readonly Argument<string[]> _networks = Positional.Some("NETWORK", "Names or ids of networks");
    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{.Id}}'; a JSON array when not given");
    private readonly Option<bool> _verbose = Flags.Switch(
        "--verbose", "-v", "Also what each published port has carried: the rule that counts sees the first packet of each connection");

    public NetworkInspect()
        : base("inspect", "Show networks with all their details")
    {
        Add(_format);
        Add(_verbose);
        Add(_networks);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl network inspect front\n"
        + "netctl network inspect -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}' back";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        var format = InspectFormat.Parse(parsed.GetValue(_format));
        bool verbose = parsed.GetValue(_verbose);
        var found = new List<TemplateDocument>();
        int exitCode = await context.ForEachAsync(parsed.GetValue(_networks)!, async name =>
            found.Add(TemplateDocument.Of(
                await context.Api.InspectNetworkAsync(name, verbose, cancellationToken), ApiJson.Wire.NetworkResource)));
        context.Output.Write(format.Render(found));
        return exitCode;
    }
}
