using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>One policy of every sort that makes rules of another shape.</summary>
internal static class SamplePolicies
{
    private static readonly OwnerId Owner = new(OwnerKind.Network, new string('a', 64));
    private static readonly IPAddress IPv4 = IPAddress.Parse("172.18.0.2");
    private static readonly IPAddress IPv6 = IPAddress.Parse("fd00:18::2");

    private static readonly BridgePolicy Bridge = new()
    {
        Owner = Owner,
        Bridge = "br-web",
        IPv4 = IPNetwork.Parse("172.18.0.0/24"),
        IPv6 = IPNetwork.Parse("fd00:18::/64"),
    };

    public static IReadOnlyList<FirewallPolicy> All { get; } =
    [
        Bridge,
        Bridge with { Internal = true },
        Bridge with { InterContainer = false },
        Bridge with { InterContainer = false, Internal = true },
        Bridge with { SourceIPv4 = IPv4, SourceIPv6 = IPv6 },
        .. Enum.GetValues<GatewayMode>()
        .Where(mode => mode != GatewayMode.Isolated)
        .Select(mode => Bridge with { GatewayModeIPv4 = mode, GatewayModeIPv6 = mode }),
        .. ((string[])["0.0.0.0", "192.0.2.1", "127.0.0.1", "::", "2001:db8::1", "::1"]).Select(address => Port(IPAddress.Parse(address))),
        Open(IPv4),
        Open(IPv6),
        Link(IPv4),
        Link(IPv6),
        new TrustedLink { Owner = Owner, Bridge = "br-web", Link = "lan" },
        Hairpin(IPv4),
        Hairpin(IPv6),
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = false },
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = true },
        new GuestBridge { Owner = OwnerId.Host, Bridge = "docker0" },
    ];

    private static PublishedPort Port(IPAddress host) => new()
    {
        Owner = Owner,
        Bridge = "br-web",
        Protocol = PortProtocol.Tcp,
        HostAddress = host,
        HostPort = 8080,
        ContainerAddress = host.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IPv4 : IPv6,
        ContainerPort = 80,
    };

    private static OpenPort Open(IPAddress address) =>
        new() { Owner = Owner, Bridge = "br-web", Protocol = PortProtocol.Tcp, ContainerAddress = address, ContainerPort = 80 };

    private static HairpinPolicy Hairpin(IPAddress address) => new()
    {
        Owner = Owner,
        Bridge = "br-web",
        ContainerAddress = address,
        Subnet = IPNetwork.Parse(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "172.19.0.0/24" : "fd00:19::/64"),
    };

    private static LinkPolicy Link(IPAddress address) =>
        new() { Owner = Owner, Bridge = "br-web", Client = address, Server = address, Protocol = PortProtocol.Tcp, Port = 80 };
}
