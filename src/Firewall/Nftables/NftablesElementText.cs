using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using System.Text;

using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>Writes the bytes of a key or a value as nft does.</summary>
internal static class NftablesElementText
{
    /// <summary>The parts with dots between.</summary>
    /// <param name="parts">The types of the parts.</param>
    /// <param name="first">The bytes in hexadecimal.</param>
    /// <param name="last">The last key of a range, or null.</param>
    public static string Write(IReadOnlyList<NftDataType> parts, string first, string? last)
    {
        byte[] from = Convert.FromHexString(first);
        byte[] to = last is null ? from : Convert.FromHexString(last);
        int position = 0;
        var words = new List<string>();
        foreach (NftDataType part in parts)
        {
            Range place = position..(position + part.Length());
            words.Add(Part(part, from[place], to[place]));
            position += part.PaddedLength();
        }

        return string.Join(" . ", words);
    }

    private static string Part(NftDataType type, byte[] from, byte[] to) => type switch
    {
        NftDataType.IPv4Address or NftDataType.IPv6Address => from.AsSpan().SequenceEqual(to)
            ? new IPAddress(from).ToString()
            : $"{new IPAddress(from)}/{CommonBits(from, to)}",
        NftDataType.InterfaceName => $"\"{Encoding.UTF8.GetString(from).TrimEnd('\0')}\"",
        NftDataType.Protocol => from[0] switch { 6 => "tcp", 17 => "udp", _ => $"{from[0]}" },
        NftDataType.Service => $"{BinaryPrimitives.ReadUInt16BigEndian(from)}",
        _ => Convert.ToHexString(from),
    };

    /// <summary>Our ranges are subnets: the bits that first and last address share are the prefix.</summary>
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
