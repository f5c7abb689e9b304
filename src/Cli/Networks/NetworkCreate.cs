using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Networks;

/// <summary><c>netctl network create</c>: creates a network and prints its id.</summary>
internal sealed class NetworkCreate : Verb
{
    private readonly Argument<string> _name = Positional.One("NETWORK", "The new network's name");
    private readonly Option<string?> _driver = Flags.One("--driver", "-d", "DRIVER", "Driver of the network; bridge when not given");
    private readonly Option<string[]> _subnets = Flags.Many("--subnet", null, "CIDR", "Subnet, such as 10.5.0.0/24; chosen when not given");
    private readonly Option<string[]> _ranges = Flags.Many(
        "--ip-range", null, "CIDR", "Part of a subnet that containers get addresses from");
    private readonly Option<string[]> _gateways = Flags.Many(
        "--gateway", null, "IP", "Gateway of a subnet; its first address when not given");
    private readonly Option<string[]> _auxiliary = Flags.Many("--aux-address", null, "NAME=IP", "Address that no container gets");
    private readonly Option<bool> _internal = Flags.Switch("--internal", null, "No way out of the host");
    private readonly Option<bool?> _ipv4 = new("--ipv4") { Description = "IPv4 addresses; --ipv4=false for a network without" };
    private readonly Option<bool?> _ipv6 = new("--ipv6") { Description = "IPv6 addresses" };
    private readonly Option<string[]> _options = Flags.Many("--opt", "-o", "KEY=VALUE", "Option for the driver");
    private readonly Option<string[]> _labels = Flags.Many("--label", null, "KEY=VALUE", "Label");
    private readonly Option<string[]> _ipamOptions = Flags.Many("--ipam-opt", null, "KEY=VALUE", "Option for the IPAM driver");
    private readonly Option<string?> _ipamDriver = Flags.One(
        "--ipam-driver", null, "NAME", "Driver that hands out addresses; default when not given");

    public NetworkCreate()
        : base("create", "Make a network and print its id")
    {
        foreach (Option option in (Option[])
            [
                _driver, _subnets, _ranges, _gateways, _auxiliary, _internal, _ipv4, _ipv6, _options, _labels, _ipamDriver, _ipamOptions,
            ])
        {
            Add(option);
        }

        Add(_name);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl network create --subnet 10.5.0.0/24 --gateway 10.5.0.1 front\n"
        + "netctl network create --ipv6 -o com.docker.network.driver.mtu=1400 back";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (await context.RunAsync(context.Api.CreateNetwork(RequestOf(parsed)), cancellationToken) is not { } created)
        {
            return 0;
        }

        if (!string.IsNullOrEmpty(created.Warning))
        {
            context.Error.WriteLine(ErrorText.Warning(created.Warning));
        }

        context.Output.WriteLine(created.Id);
        return 0;
    }

    private NetworkCreateRequest RequestOf(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(_name),
        Driver = parsed.GetValue(_driver) ?? "bridge",
        EnableIPv4 = parsed.GetValue(_ipv4),
        EnableIPv6 = parsed.GetValue(_ipv6),
        IPAM = new NetworkIpam
        {
            Driver = parsed.GetValue(_ipamDriver) ?? "default",
            Options = KeyValues.Of(parsed.GetValue(_ipamOptions)!),
            Config = PoolPairing.Pair(
                parsed.GetValue(_subnets)!,
                parsed.GetValue(_ranges)!,
                parsed.GetValue(_gateways)!,
                KeyValues.Of(Named(parsed.GetValue(_auxiliary)!))),
        },
        Internal = parsed.GetValue(_internal),
        Options = KeyValues.Of(parsed.GetValue(_options)!),
        Labels = KeyValues.Labels(parsed.GetValue(_labels)!),
    };

    private static string[] Named(string[] addresses) =>
        addresses.FirstOrDefault(word => word.IndexOf('=', StringComparison.Ordinal) <= 0) is { } nameless
            ? throw new FormatException($"invalid aux-address {TerminalText.Quote(nameless)}: write NAME=ADDRESS, such as router=10.5.0.5")
            : addresses;
}
