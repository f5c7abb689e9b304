using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;

namespace Net.Tests.Unit.Drivers;

/// <summary>One network, endpoint and sandbox that the driver tests change where they need to.</summary>
internal static class Samples
{
    public static readonly NetworkId NetworkId = NetworkId.Parse("0123456789abcdef" + new string('0', 48));

    public static readonly EndpointId EndpointId = EndpointId.Parse("fedcba9876543210" + new string('0', 48));

    public static readonly NamespaceRef Sandbox = NamespaceRef.At("/run/netctl/netns/x", "web");

    public static readonly HostFacts Facts = new();

    public static readonly MacAddress Mac = MacAddress.Parse("02:00:00:00:00:01");

    public static Network Network(params (string Key, string Value)[] options) => new()
    {
        Id = NetworkId,
        Name = "web",
        Driver = "bridge",
        Created = DateTimeOffset.UnixEpoch,
        EgressMtu = 1400,
        Pools = [Pool("10.60.0.0/24", "10.60.0.1")],
        Options = options.ToDictionary(o => o.Key, o => o.Value),
    };

    public static Network DualStack() => Network() with
    {
        EnableIPv6 = true,
        Pools = [Pool("10.60.0.0/24", "10.60.0.1"), Pool("fd00:60::/64", "fd00:60::1")],
    };

    public static Endpoint Endpoint(bool ipv6 = false) => new()
    {
        Id = EndpointId,
        Network = NetworkId,
        Sandbox = SandboxId.New(),
        Order = 0,
        InterfaceName = "eth0",
        MacAddress = Mac,
        IPv4 = InterfaceAddress.Parse("10.60.0.2/24"),
        IPv6 = ipv6 ? InterfaceAddress.Parse("fd00:60::2/64") : null,
    };

    public static AddressPool Pool(string subnet, string? gateway) =>
        new() { Subnet = IPNetwork.Parse(subnet), Gateway = gateway is null ? null : IPAddress.Parse(gateway) };
}
