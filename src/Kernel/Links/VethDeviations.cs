using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Describes how a veth pair of ours deviates from what is desired.</summary>
internal static class VethDeviations
{
    /// <summary>The deviations, each in words; none when the pair is as desired. The other end of a pair that was handed over is where
    /// another program has taken it, and as that has made it.</summary>
    public static IEnumerable<string> Of(VethPair veth, LinkMessage host, ObservedKernel kernel)
    {
        if (veth.Ownership == Ownership.HandedOver)
        {
            return [.. OfHostEnd(veth, host, kernel), .. OfSettings(veth, kernel, withPeer: false)];
        }

        LinkMessage? peer = kernel.Of(veth.PeerNamespace)?.Link(veth.PeerName);
        return VethCreation.IsWhole(host, peer)
            ? [.. OfHostEnd(veth, host, kernel), .. OfPeer(veth, host, peer!), .. OfSettings(veth, kernel, withPeer: true)]
            : [$"its other end is not {veth.PeerName} of {veth.PeerNamespace}"];
    }

    /// <summary>Whether a pair that was made whole has its other end under another name or in another namespace now.</summary>
    public static bool IsTakenElsewhere(VethPair veth, LinkMessage host, ObservedKernel kernel) =>
        IsFinished(veth, host) && !VethCreation.IsWhole(host, kernel.Of(veth.PeerNamespace)?.Link(veth.PeerName));

    /// <summary>In words, that a container has set its end of a pair down, where it stays down; null when it has not.</summary>
    public static string? SetDownInside(VethPair veth, LinkMessage host, ObservedKernel kernel) =>
        IsFinished(veth, host)
        && kernel.Of(veth.PeerNamespace)?.Link(veth.PeerName) is { IsUp: false } peer
        && VethCreation.IsWhole(host, peer)
            ? $"link {veth.PeerName} of {veth.PeerNamespace} is down: it was set down in there and stays down; its routes are put back " +
                "when it is up again and netctl doctor --fix looks"
            : null;

    private static IEnumerable<string> OfHostEnd(VethPair veth, LinkMessage host, ObservedKernel kernel)
    {
        if (!host.IsUp)
        {
            yield return "its host end is down";
        }

        if (host.Alias != veth.Owner.Tag)
        {
            yield return "it has no tag";
        }

        if (host.MasterIndex is not { } master || kernel.Host.Link(veth.Bridge)?.Index != master)
        {
            yield return $"it is no port of {veth.Bridge}";
        }

        if (veth.Mtu is { } mtu && host.Mtu != mtu)
        {
            yield return $"its MTU is {host.Mtu}";
        }

        if (host.Info?.PortData is BridgePortSettings { Hairpin: { } hairpin } && hairpin != veth.Hairpin)
        {
            yield return $"hairpin mode is {(hairpin ? "on" : "off")}";
        }

        if (host.Info?.PortData is BridgePortSettings { Isolated: { } isolated } && isolated != veth.Isolated)
        {
            yield return $"port isolation is {(isolated ? "on" : "off")}";
        }
    }

    private static IEnumerable<string> OfPeer(VethPair veth, LinkMessage host, LinkMessage peer)
    {
        if (!peer.IsUp && !IsFinished(veth, host))
        {
            yield return $"its end {veth.PeerName} is down";
        }

        if (veth.Mtu is { } mtu && host.Mtu == mtu && peer.Mtu != mtu)
        {
            yield return $"its MTU is {peer.Mtu}";
        }

        if (peer.Address != Hardware.Of(veth.PeerMacAddress))
        {
            yield return $"its address in there is {peer.Address}";
        }
    }

    private static IEnumerable<string> OfSettings(VethPair veth, ObservedKernel kernel, bool withPeer)
    {
        foreach ((NamespaceRef where, string path, string wanted) in VethSysctls.Of(veth, withPeer))
        {
            if (kernel.Of(where)?.Setting(path) is { } value && value != wanted)
            {
                yield return $"{path} is {value}{(where.IsHost ? "" : " in there")}";
            }
        }
    }

    // The tag is given last, when both ends are up.
    private static bool IsFinished(VethPair veth, LinkMessage host) => host.Alias == veth.Owner.Tag;
}
