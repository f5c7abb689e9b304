using System.Buffers.Binary;

namespace Net.Netlink.Nftables;

/// <summary>A number that a program stores with its rules, as user data beside the comment. nft ignores it, so a rule that was replaced by
/// hand lacks it.</summary>
/// <remarks>Wire: u8 type, u8 length, u32. The type is this library's choice, far from those of libnftnl
/// (include/libnftnl/udata.h).</remarks>
internal static class NftRuleMark
{
    private const byte MarkType = 0x6E;
    private const int HeaderLength = 2;

    /// <summary>Encodes a mark as user data.</summary>
    public static byte[] Encode(uint mark)
    {
        byte[] data = new byte[HeaderLength + sizeof(uint)];
        data[0] = MarkType;
        data[1] = sizeof(uint);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(HeaderLength), mark);
        return data;
    }

    /// <summary>Reads the mark from user data; null when there is none.</summary>
    public static uint? Decode(ReadOnlySpan<byte> data)
    {
        while (data.Length >= HeaderLength && data[1] <= data.Length - HeaderLength)
        {
            if (data[0] == MarkType && data[1] == sizeof(uint))
            {
                return BinaryPrimitives.ReadUInt32BigEndian(data[HeaderLength..]);
            }

            data = data[(HeaderLength + data[1])..];
        }

        return null;
    }
}
