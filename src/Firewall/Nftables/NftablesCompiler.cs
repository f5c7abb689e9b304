using System.Net;
using System.Text;

using Net.Cnm.Addresses;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>Turns a policy into elements of our sets; the rules that look there are always the same (<see cref="NftablesLayout"/>). Pure.</summary>
public static class NftablesCompiler
{
    /// <summary>The elements of a policy. No two policies with different keys have an element in common.</summary>
    /// <param name="policy">What is wanted.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    public static IReadOnlyList<NftablesElement> Compile(FirewallPolicy policy, bool ipv6Available = true) => policy switch
    {
        BridgePolicy bridge => [.. PolicyFamilies.Of(bridge, ipv6Available).SelectMany(family => Bridge(bridge, family))],
        PublishedPort port => [.. Port(port)],
        _ => throw new ArgumentException($"no nftables elements are known for {policy.GetType().Name}", nameof(policy)),
    };

    private static IEnumerable<NftablesElement> Bridge(BridgePolicy policy, FirewallFamily family)
    {
        string comment = FirewallTag.Of(policy.Owner);
        string name = Bytes(policy.Bridge);
        if (policy.InterContainer)
        {
            yield return Make(family, NftablesSets.Inside, [name, name], [], comment);
        }

        if (policy.Internal)
        {
            yield return Make(family, NftablesSets.Internal, [name], [], comment);
            yield break;
        }

        yield return Make(family, NftablesSets.Bridges, [name], [], comment);
        if (policy.Subnet(family) is not { } subnet)
        {
            yield break;
        }

        if (policy.Masquerade)
        {
            yield return Make(family, NftablesSets.Masqueraded, [name], [], comment);
        }

        NftablesElement home = Make(family, NftablesSets.Home, [Bytes(subnet.BaseAddress), name], [], comment);
        yield return home with { Element = home.Element with { KeyEnd = Join([Bytes(Subnets.Last(subnet)), name]) } };
    }

    private static IEnumerable<NftablesElement> Port(PublishedPort port)
    {
        FirewallFamily family = PolicyFamilies.Of(port.HostAddress);
        string comment = FirewallTag.Of(port.Owner);
        string[] service = [Bytes(port.Protocol), Bytes(port.HostPort)];
        string[] container = [Bytes(port.ContainerAddress), Bytes(port.ContainerPort)];
        if (port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any))
        {
            yield return Make(family, NftablesSets.PublishedAny, service, container, comment);
            yield break;
        }

        string[] key = [Bytes(port.HostAddress), .. service];
        bool loopback = IPAddress.IsLoopback(port.HostAddress);
        if (loopback)
        {
            yield return Make(family, NftablesSets.Loopback, key, [], comment);
        }

        if (!loopback || family == FirewallFamily.IPv4)
        {
            // The kernel does not route from ::1; the forwarder serves that.
            yield return Make(family, NftablesSets.Published, key, container, comment);
        }
    }

    private static NftablesElement Make(FirewallFamily family, string set, string[] key, string[] data, string comment)
    {
        var element = new NftElement(Join(key), null, data.Length == 0 ? null : Join(data), comment);
        return new NftablesElement(family, set, element);
    }

    private static string Join(string[] parts) => string.Concat(parts);

    // One part of a key each: its bytes in hexadecimal, padded to whole registers.
    private static string Bytes(string interfaceName) =>
        Convert.ToHexString(Encoding.UTF8.GetBytes(interfaceName)).PadRight(2 * NftDataType.InterfaceName.Length(), '0');

    private static string Bytes(IPAddress address) => Convert.ToHexString(address.GetAddressBytes());

    private static string Bytes(PortProtocol protocol) => $"{(byte)protocol:X2}000000";

    private static string Bytes(ushort port) => $"{port:X4}0000";
}
