using System.Net;

using Net.Cnm.Addresses;
using Net.Cnm.Firewalls;
using Net.Firewall.Nftables.Bridges;

namespace Net.Firewall.Nftables;

/// <summary>Builds the elements of a whole network, which say how it is connected to other networks and to the outside.</summary>
internal static class NftablesNetworkElements
{
    private const string EtherTypeIPv4 = "0800";
    private const string EtherTypeIPv6 = "86DD";

    /// <summary>The elements of a bridge in one family.</summary>
    public static IEnumerable<NftablesElement> Bridge(BridgePolicy policy, FirewallFamily family)
    {
        var elements = new NftablesElementFactory(family.Table(), policy);
        string name = NftablesKey.Of(policy.Bridge);
        (GatewayMode mode, IPAddress? source) = family == FirewallFamily.IPv4
            ? (policy.GatewayModeIPv4, policy.SourceIPv4)
            : (policy.GatewayModeIPv6, policy.SourceIPv6);
        yield return elements.Of(policy.InterContainer ? NftablesSets.Inside : NftablesSets.Closed, name, name);
        if (policy.Internal || mode == GatewayMode.Isolated)
        {
            yield return elements.Of(NftablesSets.Internal, name);
            yield break;
        }

        yield return elements.Of(NftablesSets.Bridges, name);
        yield return new NftablesElementFactory(
            family == FirewallFamily.IPv4 ? NftablesTable.TrackingIPv4 : NftablesTable.TrackingIPv6, policy).Of(NftablesSets.Bridges, name);
        if (policy.Subnet(family) is not { } subnet)
        {
            yield break;
        }

        if (mode == GatewayMode.Routed)
        {
            yield return elements.Of(NftablesSets.Routed, name);
        }
        else if (policy.Masquerade)
        {
            yield return source is null
                ? elements.Of(NftablesSets.Masqueraded, name)
                : elements.To(NftablesSets.Sources, [name], NftablesKey.Of(source));
        }

        if (mode == GatewayMode.NatUnprotected)
        {
            yield return elements.Of(NftablesSets.Unprotected, name);
        }

        yield return elements.Range(
            NftablesSets.Home, [NftablesKey.Of(subnet.BaseAddress), name], [NftablesKey.Of(Subnets.Last(subnet)), name]);
    }

    /// <summary>The element of a link between two containers, for the packets that the host routes between them, or that br_netfilter
    /// passes to these rules.</summary>
    public static IEnumerable<NftablesElement> Link(LinkPolicy link) =>
    [
        new NftablesElementFactory(PolicyFamilies.Of(link.Server).Table(), link).Of(
            NftablesSets.Linked,
            NftablesKey.Of(link.Bridge),
            NftablesKey.Of(link.Client),
            NftablesKey.Of(link.Server),
            NftablesKey.Of(link.Protocol),
            NftablesKey.Of(link.Port)),
    ];

    /// <summary>The element of a trusted link in one family.</summary>
    public static NftablesElement Trusted(TrustedLink link, FirewallFamily family) =>
        new NftablesElementFactory(family.Table(), link).Of(NftablesSets.Trusted, NftablesKey.Of(link.Link), NftablesKey.Of(link.Bridge));

    /// <summary>The element, in one family, of a bridge that the forwarding guard leaves to other programs.</summary>
    public static NftablesElement Guests(GuestBridge bridge, FirewallFamily family) =>
        new NftablesElementFactory(family.Table(), bridge).Of(NftablesSets.Guests, NftablesKey.Of(bridge.Bridge));

    /// <summary>The elements that turn the forwarding guard of a family on, and the marking of bridged frames with it.</summary>
    public static IEnumerable<NftablesElement> Guard(ForwardingGuard guard)
    {
        string etherType = guard.IPv6 ? EtherTypeIPv6 : EtherTypeIPv4;
        yield return new NftablesElementFactory(guard.IPv6 ? NftablesTable.IPv6 : NftablesTable.IPv4, guard)
            .Of(NftablesSets.Strangers, etherType);
        yield return new NftablesElementFactory(NftablesTable.Bridge, guard).Of(NftablesBridgeSets.Strangers, etherType);
    }

    /// <summary>The element of a subnet from which a container is reached through the host.</summary>
    public static NftablesElement Hairpin(HairpinPolicy policy) =>
        new NftablesElementFactory(PolicyFamilies.Of(policy.ContainerAddress).Table(), policy).Range(
            NftablesSets.Hairpins,
            [NftablesKey.Of(policy.Subnet.BaseAddress), NftablesKey.Of(policy.ContainerAddress)],
            [NftablesKey.Of(Subnets.Last(policy.Subnet)), NftablesKey.Of(policy.ContainerAddress)]);
}
