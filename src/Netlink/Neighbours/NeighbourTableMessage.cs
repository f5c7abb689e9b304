using System.Runtime.InteropServices;

namespace Net.Netlink.Neighbours;

/// <summary>A table of neighbours, as carried by RTM_NEWNEIGHTBL. A property that is null is not in the message: one that has the settings
/// of a single link has neither <see cref="Entries"/> nor <see cref="Limit"/>.</summary>
/// <remarks>Wire: <c>struct ndtmsg</c>, then NDTA_* attributes. Source: include/uapi/linux/neighbour.h, neightbl_fill_info in
/// net/core/neighbour.c.</remarks>
public sealed record NeighbourTableMessage
{
    private const int HeaderLength = 4;
    private const ushort NameAttribute = 1; // NDTA_NAME
    private const ushort LimitAttribute = 4; // NDTA_THRESH3
    private const ushort ConfigAttribute = 5; // NDTA_CONFIG, struct ndt_config: u16 key_len, u16 entry_size, u32 entries, ...
    private const int EntriesOffset = 4;

    /// <summary>The table's name, such as <c>arp_cache</c>.</summary>
    public string? Name { get; init; }

    /// <summary>How many entries it has in all namespaces together.</summary>
    public uint? Entries { get; init; }

    /// <summary>How many it may have that are not permanent: gc_thresh3.</summary>
    public uint? Limit { get; init; }

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are no such message.</exception>
    public static NeighbourTableMessage Decode(ReadOnlySpan<byte> payload)
    {
        AttributeReader.SplitStruct(payload, HeaderLength, "struct ndtmsg", out AttributeReader attributes);
        var message = new NeighbourTableMessage();
        foreach (NetlinkAttribute attribute in attributes)
        {
            message = attribute.Type switch
            {
                NameAttribute => message with { Name = attribute.AsString() },
                LimitAttribute => message with { Limit = attribute.AsUInt32() },
                ConfigAttribute when attribute.Value.Length >= EntriesOffset + sizeof(uint) =>
                    message with { Entries = MemoryMarshal.Read<uint>(attribute.Value[EntriesOffset..]) },
                _ => message,
            };
        }

        return message;
    }
}
