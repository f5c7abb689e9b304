using Net.Cnm.Networks;

namespace Net.Drivers.Bridge;

/// <summary>What a person who creates a bridge network should know, though the network works.</summary>
public static class BridgeWarnings
{
    /// <summary>A sentence about the network; null when there is nothing to say.</summary>
    public static string? Of(Network network) =>
        network is { Driver: "bridge", EnableIPv6: true, EgressMtu: < BridgeNetwork.MinimumIPv6Mtu }
        && !network.Options.ContainsKey(BridgeOptionRules.MtuKey)
            ? $"network {network.Name}: IPv6 needs an MTU of {BridgeNetwork.MinimumIPv6Mtu} and the host's way out has " +
                $"{network.EgressMtu}; " +
                $"the network's links get {BridgeNetwork.MinimumIPv6Mtu}, so larger packets to the outside depend on path MTU discovery; " +
                "raise the MTU of the way out, or create the network without --ipv6"
            : null;
}
