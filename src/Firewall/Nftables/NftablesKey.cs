using System.Net;
using System.Text;

using Net.Cnm.Addresses;
using Net.Cnm.Ports;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>Encodes the parts of keys and values: their bytes in hexadecimal, padded to whole registers.</summary>
internal static class NftablesKey
{
    /// <summary>An interface's name.</summary>
    public static string Of(string interfaceName) =>
        Convert.ToHexString(Encoding.UTF8.GetBytes(interfaceName)).PadRight(2 * NftDataType.InterfaceName.Length(), '0');

    /// <summary>An IP address.</summary>
    public static string Of(IPAddress address) => Convert.ToHexString(address.GetAddressBytes());

    /// <summary>An Ethernet address.</summary>
    public static string Of(MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[NftDataType.EthernetAddress.PaddedLength()];
        address.CopyTo(bytes);
        return Convert.ToHexString(bytes);
    }

    /// <summary>A transport protocol.</summary>
    public static string Of(PortProtocol protocol) => $"{(byte)protocol:X2}000000";

    /// <summary>A port.</summary>
    public static string Of(ushort port) => $"{port:X4}0000";
}
