using System.Net;

using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;

namespace Net.Tests.Kernel.Firewall;

/// <summary>Each sort of policy, in each form that is compiled differently; no two have a rule or an element in common.</summary>
internal static class EveryPolicy
{
    private static readonly OwnerId Network = OwnerId.Of(NetworkId.Parse(new string('a', 64)));
    private static readonly OwnerId Endpoint = OwnerId.Of(EndpointId.Parse(new string('e', 64)));

    public static BridgePolicy Bridge(string name, byte number, GatewayMode mode = GatewayMode.Nat) => new()
    {
        Owner = Network,
        Bridge = name,
        IPv4 = IPNetwork.Parse($"172.18.{number}.0/24"),
        IPv6 = IPNetwork.Parse($"fd00:{number}::/64"),
        GatewayModeIPv4 = mode,
        GatewayModeIPv6 = mode,
    };

    public static PublishedPort Port(
        string host, ushort port, string container, ushort containerPort, ushort count = 1, PortProtocol protocol = PortProtocol.Tcp) =>
        new()
        {
            Owner = Endpoint,
            Bridge = "br-nat",
            Protocol = protocol,
            HostAddress = IPAddress.Parse(host),
            HostPort = port,
            ContainerAddress = IPAddress.Parse(container),
            ContainerPort = containerPort,
            Count = count,
        };

    public static OpenPort Open(string container, ushort port, ushort count = 1) => new()
    {
        Owner = Endpoint,
        Bridge = "br-routed",
        Protocol = PortProtocol.Tcp,
        ContainerAddress = IPAddress.Parse(container),
        ContainerPort = port,
        Count = count,
    };

    public static LinkPolicy Link(string client, string server) => new()
    {
        Owner = Endpoint,
        Bridge = "br-closed",
        Client = IPAddress.Parse(client),
        Server = IPAddress.Parse(server),
        Protocol = PortProtocol.Tcp,
        Port = 80,
    };

    public static EndpointPolicy OnLink(string link, string mac, string? address, string? address6) => new()
    {
        Owner = Endpoint,
        Bridge = "br-closed",
        HostLink = link,
        MacAddress = MacAddress.Parse(mac),
        IPv4 = address is null ? null : IPAddress.Parse(address),
        IPv6 = address6 is null ? null : IPAddress.Parse(address6),
    };

    public static IReadOnlyList<FirewallPolicy> All { get; } =
    [
        Bridge("br-nat", 1),
        Bridge("br-snat", 2) with { SourceIPv4 = IPAddress.Parse("192.0.2.7"), SourceIPv6 = IPAddress.Parse("2001:db8::7") },
        Bridge("br-plain", 3) with { Masquerade = false },
        Bridge("br-open", 4, GatewayMode.NatUnprotected),
        Bridge("br-routed", 5, GatewayMode.Routed),
        Bridge("br-closed", 6) with { InterContainer = false },
        Bridge("br-internal", 7) with { Internal = true },
        Bridge("br-isolated", 8, GatewayMode.Isolated) with { Internal = true, InterContainer = false },
        Port("0.0.0.0", 8080, "172.18.1.2", 80),
        Port("::", 8080, "fd00:1::2", 80),
        Port("192.0.2.1", 8081, "172.18.1.2", 80, protocol: PortProtocol.Udp),
        Port("2001:db8::1", 8081, "fd00:1::2", 80, protocol: PortProtocol.Sctp),
        Port("127.0.0.1", 8082, "172.18.1.2", 80),
        Port("::1", 8082, "fd00:1::2", 80),
        Port("0.0.0.0", 9000, "172.18.1.2", 9000, 11),
        Port("::", 9000, "fd00:1::2", 9000, 11),
        Port("192.0.2.1", 9100, "172.18.1.2", 9100, 11, PortProtocol.Udp),
        Port("2001:db8::1", 9100, "fd00:1::2", 9100, 11, PortProtocol.Udp),
        Port("127.0.0.1", 9200, "172.18.1.2", 9200, 11),
        Port("127.0.0.1", 9300, "172.18.1.2", 93, 3),
        Port("::1", 9300, "fd00:1::2", 93, 3),
        Port("0.0.0.0", 9400, "172.18.1.2", 94, 3),
        Open("172.18.5.2", 80),
        Open("fd00:5::2", 80),
        Open("172.18.5.2", 90, 11),
        Open("fd00:5::2", 90, 11),
        Link("172.18.6.3", "172.18.6.2"),
        Link("fd00:6::3", "fd00:6::2"),
        new TrustedLink { Owner = Network, Bridge = "br-nat", Link = "wire0" },
        new HairpinPolicy
        {
            Owner = Endpoint,
            Bridge = "br-nat",
            ContainerAddress = IPAddress.Parse("172.18.1.2"),
            Subnet = IPNetwork.Parse("172.18.6.0/24"),
        },
        new HairpinPolicy
        {
            Owner = Endpoint,
            Bridge = "br-nat",
            ContainerAddress = IPAddress.Parse("fd00:1::2"),
            Subnet = IPNetwork.Parse("fd00:6::/64"),
        },
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = false },
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = true },
        new GuestBridge { Owner = OwnerId.Host, Bridge = "docker0" },
        OnLink("v-one", "02:42:00:00:00:01", "172.18.6.2", "fd00:6::2"),
        OnLink("v-four", "02:42:00:00:00:02", "172.18.6.3", null) with { InterContainer = false },
        new SourcePolicy { Owner = Endpoint, HostLink = "v-one", Address = IPAddress.Parse("172.18.1.2") },
        new SourcePolicy { Owner = Endpoint, HostLink = "v-one", Address = IPAddress.Parse("fd00:1::2") },
        new AddressPolicy { Owner = Endpoint, HostLink = "v-one", Address = IPAddress.Parse("169.254.9.9") },
        new AddressPolicy { Owner = Endpoint, HostLink = "v-one", Address = IPAddress.Parse("fe80::9") },
        OnLink("v-loose", "02:42:00:00:00:03", "172.18.6.4", null) with { AntiSpoof = false },
    ];
}
