using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>The kernel names of a bridge network's objects. All of them follow from ids, so none needs to be stored.</summary>
public static class BridgeNames
{
    /// <summary>The name of the default network's bridge.</summary>
    public const string DefaultBridge = "netctl0";

    /// <summary>The name of a network's bridge: the configured name, else <see cref="DefaultBridge"/> for the default network, else
    /// <c>br-</c> and 12 hex digits, which are the 15 bytes that a name may have.</summary>
    public static string Bridge(Network network, BridgeOptions options) =>
        options.Name ?? (network.IsDefaultBridge ? DefaultBridge : $"br-{network.Id.Short}");

    /// <summary>Whether a bridge may have a name that a user gives.</summary>
    public static bool IsName(string name) => OptionText.IsInterfaceName(name, 15) && name is not ("lo" or "all" or "default");

    /// <summary>The name of the host end of an endpoint's link: <c>veth</c> and 7 hex digits of its id.</summary>
    public static string HostLink(EndpointId endpoint) => $"veth{endpoint.Value[..7]}";

    /// <summary>A bridge's Ethernet address: 02:42 (locally administered, unicast) and 4 bytes of the network's id.</summary>
    /// <remarks>It follows from the id, so that a bridge that is created again after a restart matches the permanent neighbour entries of
    /// containers.</remarks>
    public static MacAddress BridgeMac(NetworkId network)
    {
        Span<byte> bytes = stackalloc byte[6];
        bytes[0] = 0x02;
        bytes[1] = 0x42;
        Convert.FromHexString(network.Value.AsSpan(12, 8), bytes[2..], out _, out _);
        return MacAddress.FromBytes(bytes);
    }
}
