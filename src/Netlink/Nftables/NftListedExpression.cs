using System.Buffers.Binary;
using System.Text;

namespace Net.Netlink.Nftables;

/// <summary>An expression of a rule as the kernel lists it: its kind by name, and its attributes, which are read on demand.</summary>
/// <param name="Name">The kind, such as <c>meta</c>, <c>cmp</c> or <c>immediate</c>.</param>
/// <param name="Data">The attributes (NFTA_EXPR_DATA).</param>
/// <remarks>Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftListedExpression(string Name, ReadOnlyMemory<byte> Data)
{
    /// <summary>The bytes of the attribute at the end of a path of nested attributes; null when it is not there.</summary>
    /// <param name="path">The types of the attributes, the outermost first.</param>
    /// <exception cref="NetlinkFormatException">The bytes are not attributes.</exception>
    public ReadOnlyMemory<byte>? Bytes(params ReadOnlySpan<ushort> path)
    {
        ReadOnlySpan<byte> value = Data.Span;
        foreach (ushort type in path)
        {
            if (!TryFind(value, type, out value))
            {
                return null;
            }
        }

        return value.ToArray();
    }

    /// <summary>The number of an attribute, which is a u32 in network order; null when it is not there.</summary>
    public uint? Number(params ReadOnlySpan<ushort> path) =>
        Bytes(path) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes.Span) : null;

    /// <summary>The text of an attribute, without its final zero byte; null when it is not there.</summary>
    public string? Text(params ReadOnlySpan<ushort> path) =>
        Bytes(path) is { } bytes ? Encoding.UTF8.GetString(bytes.Span).TrimEnd('\0') : null;

    private static bool TryFind(ReadOnlySpan<byte> attributes, ushort type, out ReadOnlySpan<byte> value)
    {
        foreach (NetlinkAttribute attribute in new AttributeReader(attributes))
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
