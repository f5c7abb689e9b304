using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using System.Text;

using Net.Cnm.Addresses;
using Net.Cnm.Ports;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>Formats the bytes of a key or a value as nft does.</summary>
internal static class NftablesElementText
{
    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort EtherTypeIPv6 = 0x86DD;

    /// <summary>Formats the parts of a key, separated by dots.</summary>
    /// <param name="parts">The types of the parts.</param>
    /// <param name="first">The bytes in hexadecimal.</param>
    /// <param name="last">The last key of a range, or null.</param>
    public static string Write(IReadOnlyList<NftDataType> parts, string first, string? last)
    {
        byte[] from = Convert.FromHexString(first);
        byte[] to = last is null ? from : Convert.FromHexString(last);
        int position = 0;
        var texts = new List<string>();
        foreach (NftDataType part in parts)
        {
            Range place = position..(position + part.Length());
            texts.Add(Part(part, from[place], to[place]));
            position += part.PaddedLength();
        }

        return string.Join(" . ", texts);
    }

    private static string Part(NftDataType type, byte[] from, byte[] to) => type switch
    {
        NftDataType.IPv4Address or NftDataType.IPv6Address => from.AsSpan().SequenceEqual(to)
            ? new IPAddress(from).ToString()
            : $"{new IPAddress(from)}/{CommonBits(from, to)}",
        NftDataType.InterfaceName => $"\"{Encoding.UTF8.GetString(from).TrimEnd('\0')}\"",
        NftDataType.Protocol => Enum.IsDefined((PortProtocol)from[0]) ? ((PortProtocol)from[0]).ToWord() : $"{from[0]}",
        NftDataType.Service => from.AsSpan().SequenceEqual(to) ? $"{Number(from)}" : $"{Number(from)}-{Number(to)}",
        NftDataType.EthernetAddress => MacAddress.FromBytes(from).ToString(),
        NftDataType.EtherType => Number(from) switch { EtherTypeIPv4 => "ip", EtherTypeIPv6 => "ip6", _ => $"0x{Number(from):x4}" },
        _ => $"0x{Convert.ToHexStringLower(from)}",
    };

    private static ushort Number(byte[] bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>The prefix length of a range of addresses. Our ranges are subnets, so it is the number of bits that the first and the last
    /// address share.</summary>
    private static int CommonBits(byte[] from, byte[] to)
    {
        int i = 0;
        while (from[i] == to[i])
        {
            i++;
        }

        return (8 * i) + BitOperations.LeadingZeroCount((uint)(from[i] ^ to[i])) - 24;
    }
}
