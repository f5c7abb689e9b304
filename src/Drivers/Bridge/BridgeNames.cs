using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;

namespace Net.Drivers.Bridge;

/// <summary>What a bridge network's objects are called in the kernel. All of it follows from ids, so nothing needs to be
/// remembered.</summary>
public static class BridgeNames
{
    /// <summary>The bridge of the default network.</summary>
    public const string DefaultBridge = "netctl0";

    /// <summary>A network's bridge: the name asked for, else <see cref="DefaultBridge"/> or <c>br-</c> and 12 hex digits, just the 15 bytes
    /// that a name may have.</summary>
    public static string Bridge(Network network, BridgeOptions options) =>
        options.Name ?? (network.IsDefaultBridge ? DefaultBridge : $"br-{network.Id.Short}");

    /// <summary>The host end of an endpoint's link: <c>veth</c> and 7 hex digits.</summary>
    public static string HostLink(EndpointId endpoint) => $"veth{endpoint.Value[..7]}";

    /// <summary>A bridge's Ethernet address: 02:42 (locally administered, unicast) and 4 bytes of the network's id.</summary>
    /// <remarks>Fixed by the id, so that a bridge made again after a restart answers to the permanent neighbour entries that containers
    /// hold.</remarks>
    public static MacAddress BridgeMac(NetworkId network)
    {
        Span<byte> bytes = stackalloc byte[6];
        bytes[0] = 0x02;
        bytes[1] = 0x42;
        Convert.FromHexString(network.Value.AsSpan(12, 8), bytes[2..], out _, out _);
        return MacAddress.FromBytes(bytes);
    }
}
