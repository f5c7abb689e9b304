using System.Text;

namespace Net.Netlink.Nftables;

/// <summary>The comment of a rule or a set element, kept by the kernel as user data in the form that nft writes and shows.</summary>
/// <remarks>Wire: u8 type 0 (NFTNL_UDATA_RULE_COMMENT, NFTNL_UDATA_SET_ELEM_COMMENT), u8 length, text with a terminating zero byte. User
/// data has at most 256 bytes (NFT_USERDATA_MAXLEN). Source: libnftnl include/libnftnl/udata.h.</remarks>
public static class NftComment
{
    /// <summary>The longest comment in bytes of UTF-8 that nft accepts.</summary>
    public const int MaximumLength = 128;

    private const byte CommentType = 0;

    /// <summary>Encodes a comment as user data.</summary>
    /// <exception cref="ArgumentException">The comment is longer than <see cref="MaximumLength"/>.</exception>
    public static byte[] Encode(string comment)
    {
        int length = Encoding.UTF8.GetByteCount(comment);
        if (length > MaximumLength)
        {
            throw new ArgumentException($"the comment has {length} bytes, more than {MaximumLength}", nameof(comment));
        }

        byte[] data = new byte[length + 3];
        data[0] = CommentType;
        data[1] = (byte)(length + 1);
        Encoding.UTF8.GetBytes(comment, data.AsSpan(2));
        return data;
    }

    /// <summary>Reads the comment from user data; null when there is none.</summary>
    public static string? Decode(ReadOnlySpan<byte> data)
    {
        while (data.Length >= 2 && data[1] <= data.Length - 2)
        {
            ReadOnlySpan<byte> value = data.Slice(2, data[1]);
            if (data[0] == CommentType)
            {
                return Encoding.UTF8.GetString(value.TrimEnd((byte)0));
            }

            data = data[(2 + value.Length)..];
        }

        return null;
    }
}
