using System.Diagnostics.CodeAnalysis;
using System.Net;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>The options of a bridge network, read once from the text the user gave. Their names are Docker's.</summary>
public sealed record BridgeOptions
{
    /// <summary><c>com.docker.network.bridge.name</c>: the bridge's interface name, 1 to 15 characters. Null, the default: one made from
    /// the network's id.</summary>
    public string? Name { get; init; }

    /// <summary><c>com.docker.network.driver.mtu</c>: MTU in bytes, 68 to 65535, with IPv6 at least 1280. Null, the default: that of the
    /// host's way out.</summary>
    /// <remarks>68 is IPv4's least (RFC 791), 1280 IPv6's (RFC 8200 5): below, the kernel takes IPv6 off the link. More than the way out
    /// can carry makes large packets to the outside depend on path MTU discovery.</remarks>
    public int? Mtu { get; init; }

    /// <summary><c>com.docker.network.bridge.enable_icc</c>: whether containers on the bridge may talk to each other. Default
    /// true.</summary>
    public bool InterContainer { get; init; } = true;

    /// <summary><c>com.docker.network.bridge.enable_ip_masquerade</c>: whether packets to the outside get the host's address. Default
    /// true.</summary>
    /// <remarks>False needs a route to the subnet on every machine that is to answer.</remarks>
    public bool Masquerade { get; init; } = true;

    /// <summary><c>com.docker.network.bridge.host_binding_ipv4</c>: the host address, IPv4 or IPv6, that ports are published on when
    /// <c>-p</c> names none. Null, the default, which can be written as 0.0.0.0: all of both families.</summary>
    public IPAddress? HostBinding { get; init; }

    /// <summary><c>com.docker.network.container_iface_prefix</c>: what interfaces in containers are called before their number, 1 to 12
    /// characters. Default <c>eth</c>.</summary>
    public string InterfacePrefix { get; init; } = "eth";

    /// <summary><c>com.docker.network.bridge.gateway_mode_ipv4</c>: how IPv4 is joined to what is outside. Default <c>nat</c>.</summary>
    public GatewayMode GatewayModeIPv4 { get; init; }

    /// <summary><c>com.docker.network.bridge.gateway_mode_ipv6</c>: how IPv6 is joined to what is outside. Default <c>nat</c>.</summary>
    public GatewayMode GatewayModeIPv6 { get; init; }

    /// <summary><c>com.docker.network.bridge.inhibit_ipv4</c>: whether the bridge gets no IPv4 address, since the gateway is another
    /// machine. Default false.</summary>
    public bool InhibitIPv4 { get; init; }

    /// <summary><c>com.docker.network.bridge.trusted_host_interfaces</c>: links of the host from which containers are reached by their own
    /// addresses. Default: none.</summary>
    public IReadOnlyList<string> TrustedLinks { get; init; } = [];

    /// <summary><c>com.docker.network.host_ipv4</c>: the host address that packets to the outside get. Null, the default: that of the link
    /// they leave by.</summary>
    public IPAddress? SourceIPv4 { get; init; }

    /// <summary><c>com.docker.network.host_ipv6</c>: the same for IPv6.</summary>
    public IPAddress? SourceIPv6 { get; init; }

    /// <summary><c>netctl.antispoof</c>: whether containers can speak with their own Ethernet and IP addresses only. Default
    /// true.</summary>
    public bool AntiSpoof { get; init; } = true;

    /// <summary>Reads options, all of them, and tells everything that is wrong.</summary>
    /// <param name="network">The network: its options as given, where an unknown key is a problem, and whether it has IPv6 and is
    /// internal.</param>
    /// <param name="options">The options when the result is true.</param>
    /// <param name="problems">What is wrong, in the order of the keys; empty when the result is true.</param>
    public static bool TryParse(Network network, [NotNullWhen(true)] out BridgeOptions? options, out IReadOnlyList<OptionProblem> problems)
    {
        var found = new List<OptionProblem>();
        options = OptionRule<BridgeOptions>.Apply(BridgeOptionRules.All, new BridgeOptions(), network.Options, found);
        found.AddRange(BridgeOptionRules.Misfits(options, network));
        problems = [.. found.OrderBy(problem => problem.Key, StringComparer.Ordinal)];
        options = found.Count == 0 ? options : null;
        return options is not null;
    }
}
