using System.Diagnostics.CodeAnalysis;
using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>The options of a bridge network, parsed once from the user's text. Their keys are Docker's.</summary>
public sealed record BridgeOptions
{
    /// <summary><c>com.docker.network.bridge.name</c>: the bridge's interface name, 1 to 15 characters. Null, the default: one made from
    /// the network's id.</summary>
    public string? Name { get; init; }

    /// <summary><c>com.docker.network.driver.mtu</c>: MTU in bytes, 68 to 65535, with IPv6 at least 1280. Null, the default: that of the
    /// link of the host's default route.</summary>
    /// <remarks>68 is the minimum of IPv4 (RFC 791), 1280 that of IPv6 (RFC 8200 5): below it, the kernel removes IPv6 from the link. With
    /// an MTU above that of the host's outgoing link, large packets to the outside depend on path MTU discovery.</remarks>
    public int? Mtu { get; init; }

    /// <summary><c>com.docker.network.bridge.enable_icc</c>: whether containers on the bridge may talk to each other. Default
    /// true.</summary>
    public bool InterContainer { get; init; } = true;

    /// <summary><c>com.docker.network.bridge.enable_ip_masquerade</c>: whether packets to the outside get the host's address. Default
    /// true.</summary>
    /// <remarks>With false, every machine that is to answer needs a route to the subnet.</remarks>
    public bool Masquerade { get; init; } = true;

    /// <summary><c>com.docker.network.bridge.host_binding_ipv4</c>: the host address, IPv4 or IPv6, that ports are published on when
    /// <c>-p</c> names none. Null, the default, which can be written as 0.0.0.0: all addresses of both families.</summary>
    public IPAddress? HostBinding { get; init; }

    /// <summary><c>com.docker.network.container_iface_prefix</c>: the prefix of interface names in containers, before their number, 1 to 12
    /// characters. Default <c>eth</c>.</summary>
    public string InterfacePrefix { get; init; } = "eth";

    /// <summary><c>com.docker.network.bridge.gateway_mode_ipv4</c>: how IPv4 is connected to the outside. Default <c>nat</c>.</summary>
    public GatewayMode GatewayModeIPv4 { get; init; }

    /// <summary><c>com.docker.network.bridge.gateway_mode_ipv6</c>: how IPv6 is connected to the outside. Default <c>nat</c>.</summary>
    public GatewayMode GatewayModeIPv6 { get; init; }

    /// <summary><c>com.docker.network.bridge.inhibit_ipv4</c>: whether the bridge has no IPv4 address because the gateway is another
    /// machine. Default false.</summary>
    public bool InhibitIPv4 { get; init; }

    /// <summary><c>com.docker.network.bridge.trusted_host_interfaces</c>: links of the host from which containers are reached by their own
    /// addresses. Default: none.</summary>
    public IReadOnlyList<string> TrustedLinks { get; init; } = [];

    /// <summary><c>com.docker.network.host_ipv4</c>: the source address of IPv4 packets to the outside, one of the host's. Null, the
    /// default: that of the link they leave by.</summary>
    public IPAddress? SourceIPv4 { get; init; }

    /// <summary><c>com.docker.network.host_ipv6</c>: the source address of IPv6 packets to the outside, as
    /// <see cref="SourceIPv4"/>.</summary>
    public IPAddress? SourceIPv6 { get; init; }

    /// <summary><c>netctl.antispoof</c>: whether containers can send from their own Ethernet and IP addresses only. Default true.</summary>
    public bool AntiSpoof { get; init; } = true;

    /// <summary><c>netctl.port_isolation</c>: whether the bridge passes no frames between containers, whatever their protocol
    /// (IFLA_BRPORT_ISOLATED), and the host does not forward between them either. They reach the gateway and what is beyond it. Default
    /// false.</summary>
    public bool PortIsolation { get; init; }

    /// <summary><c>netctl.no_default_route</c>: whether containers have no default route by this network. Default false.</summary>
    public bool NoDefaultRoute { get; init; }

    /// <summary><c>netctl.metric</c>: the metric of containers' default routes by this network, 1 to 4294967295. Null, the default: the
    /// kernel's.</summary>
    /// <remarks>It matters where another program gives the container's namespace a default route as well: the lowest metric wins.</remarks>
    public uint? Metric { get; init; }

    /// <summary>How containers' addresses are announced to their neighbours when they come up.</summary>
    public Announcement Announcement { get; init; } = Announcement.Default;

    /// <summary>Parses all options of a network and reports every problem.</summary>
    /// <param name="network">The network: its options as given, in which an unknown key is a problem, and whether it has IPv6 and is
    /// internal.</param>
    /// <param name="options">The options when the result is true.</param>
    /// <param name="problems">The problems, in the order of the keys; empty when the result is true.</param>
    public static bool TryParse(Network network, [NotNullWhen(true)] out BridgeOptions? options, out IReadOnlyList<OptionProblem> problems)
    {
        var found = new List<OptionProblem>();
        options = OptionRule<BridgeOptions>.Apply(BridgeOptionRules.All, new BridgeOptions(), network.Options, found);
        found.AddRange(BridgeOptionRules.Incompatible(options, network));
        problems = [.. found.OrderBy(problem => problem.Key, StringComparer.Ordinal)];
        options = found.Count == 0 ? options : null;
        return options is not null;
    }
}
