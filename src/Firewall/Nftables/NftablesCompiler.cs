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
        Part name = Part.Of(policy.Bridge);
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

        NftablesElement home = Make(family, NftablesSets.Home, [Part.Of(subnet.BaseAddress), name], [], comment);
        string end = Part.Of(Subnets.Last(subnet)).Padded + name.Padded;
        yield return home with { Element = home.Element with { KeyEnd = end }, KeyText = $"{subnet} . {name.Text}" };
    }

    private static IEnumerable<NftablesElement> Port(PublishedPort port)
    {
        FirewallFamily family = PolicyFamilies.Of(port.HostAddress);
        string comment = FirewallTag.Of(port.Owner);
        Part[] service = [Part.Of(port.Protocol), Part.Of(port.HostPort)];
        Part[] container = [Part.Of(port.ContainerAddress), Part.Of(port.ContainerPort)];
        if (port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any))
        {
            yield return Make(family, NftablesSets.PublishedAny, service, container, comment);
            yield break;
        }

        Part[] key = [Part.Of(port.HostAddress), .. service];
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

    private static NftablesElement Make(FirewallFamily family, string set, Part[] key, Part[] data, string comment)
    {
        var element = new NftElement(Join(key), null, data.Length == 0 ? null : Join(data), comment);
        return new NftablesElement(family, set, element, Text(key), data.Length == 0 ? null : Text(data));
    }

    private static string Join(Part[] parts) => string.Concat(parts.Select(part => part.Padded));

    private static string Text(Part[] parts) => string.Join(" . ", parts.Select(part => part.Text));

    /// <summary>One part of a key: its bytes in hexadecimal, padded to whole registers, and as nft writes it.</summary>
    private readonly record struct Part(string Padded, string Text)
    {
        public static Part Of(string interfaceName) =>
            new(Convert.ToHexString(Encoding.UTF8.GetBytes(interfaceName)).PadRight(2 * NftDataType.InterfaceName.Length(), '0'), $"\"{interfaceName}\"");

        public static Part Of(IPAddress address) => new(Convert.ToHexString(address.GetAddressBytes()), address.ToString());

        public static Part Of(PortProtocol protocol) => new($"{(byte)protocol:X2}000000", protocol.ToWord());

        public static Part Of(ushort port) => new($"{port:X4}0000", $"{port}");
    }
}
