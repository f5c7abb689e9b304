using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;

namespace Net.Tests.Kernel.Engine;

/// <summary>The desired state of a dual-stack bridge network with a container on it, much as the bridge driver and the planner say
/// it.</summary>
internal sealed class BridgeShape(string directory)
{
    private static readonly OwnerId Network = new(OwnerKind.Network, new string('a', 64));
    private static readonly OwnerId Endpoint = new(OwnerKind.Endpoint, new string('b', 64));
    private static readonly OwnerId Sandbox = new(OwnerKind.Sandbox, new string('c', 64));
    private static readonly SandboxId SandboxId = SandboxId.Parse(new string('c', 64));
    private static readonly MacAddress Mac = MacAddress.Parse("02:42:ac:12:00:02");

    public NamespaceRef Inside { get; } = NamespaceRef.At($"{directory}/netns/{new string('c', 64)}", "web");

    public BridgeLink Bridge { get; } = new()
    {
        Owner = Network,
        Name = "br-aaaaaaaaaaaa",
        MacAddress = MacAddress.Parse("02:42:00:00:00:01"),
        IPv6 = true,
        Mtu = 1400,
    };

    public VethPair Veth => new()
    {
        Owner = Endpoint,
        Name = "vethbbbbbbb",
        Bridge = Bridge.Name,
        PeerNamespace = Inside,
        PeerName = "eth0",
        PeerMacAddress = Mac,
        PeerIPv6 = true,
        Mtu = 1400,
    };

    public BridgePolicy Policy => new() { Owner = Network, Bridge = Bridge.Name, IPv4 = IPNetwork.Parse("172.18.0.0/16") };

    public PublishedPort Published => new()
    {
        Owner = Endpoint,
        Bridge = Bridge.Name,
        Protocol = PortProtocol.Tcp,
        HostAddress = IPAddress.Any,
        HostPort = 8080,
        ContainerAddress = IPAddress.Parse("172.18.0.2"),
        ContainerPort = 80,
    };

    public LinkAddress Gateway => OnBridge("172.18.0.1/16");

    public RouteObject DefaultRoute => Route("0.0.0.0/0", "172.18.0.1");

    public HeldPort Port { get; } = new() { Owner = Endpoint, Address = IPAddress.Any, Port = 8080, Protocol = PortProtocol.Tcp };

    public SandboxFile Hosts { get; } = new()
    {
        Owner = Sandbox,
        Path = $"{directory}/containers/web/hosts",
        Content = "127.0.0.1 localhost\n",
    };

    public ResolverListener Resolver => new() { Owner = Sandbox, Sandbox = SandboxId, Namespace = Inside, Port = 40053 };

    public SysctlObject Forwarding { get; } = new()
    {
        Owner = OwnerId.Host,
        Ownership = Ownership.Adopted,
        Namespace = NamespaceRef.Host,
        Path = "net/ipv4/ip_forward",
        Value = "1",
    };

    public IReadOnlyList<DesiredObject> NetworkObjects =>
    [
        Forwarding,
        Policy,
        Bridge,
        Gateway,
        OnBridge("2001:db8:1::1/64"),
        new SysctlObject
        {
            Owner = Network,
            Namespace = NamespaceRef.Host,
            Path = $"net/ipv4/conf/{Bridge.Name}/route_localnet",
            Value = "1",
            Link = Bridge.Name,
        },
    ];

    public IReadOnlyList<DesiredObject> SandboxObjects =>
        [
            new NamespaceObject { Owner = Sandbox, Namespace = Inside },
            new NamespaceName { Owner = Sandbox, Name = Inside.Name!, Namespace = Inside, Target = Inside.Path! },
            Hosts,
            Resolver,
        ];

    public IReadOnlyList<DesiredObject> EndpointObjects =>
    [
        Port,
        Published,
        Veth,
        InContainer("172.18.0.2/16"),
        InContainer("2001:db8:1::2/64"),
        DefaultRoute,
        Route("::/0", "2001:db8:1::1"),
        Neighbour(NamespaceRef.Host, Bridge.Name, "172.18.0.2", Mac),
        Neighbour(Inside, "eth0", "172.18.0.1", Bridge.MacAddress),
    ];

    public IReadOnlyList<DesiredObject> All => [.. NetworkObjects, .. SandboxObjects, .. EndpointObjects];

    public static NeighbourObject Neighbour(NamespaceRef where, string link, string address, MacAddress mac) =>
        new() { Owner = Endpoint, Namespace = where, Link = link, Address = IPAddress.Parse(address), MacAddress = mac };

    public RouteObject Route(string destination, string? gateway) => new()
    {
        Owner = Sandbox,
        Namespace = Inside,
        Destination = IPNetwork.Parse(destination),
        Gateway = gateway is null ? null : IPAddress.Parse(gateway),
        Link = "eth0",
    };

    public LinkAddress InContainer(string address) =>
        new() { Owner = Endpoint, Namespace = Inside, Link = "eth0", Address = InterfaceAddress.Parse(address) };

    private LinkAddress OnBridge(string address) =>
        new() { Owner = Network, Namespace = NamespaceRef.Host, Link = Bridge.Name, Address = InterfaceAddress.Parse(address) };
}
