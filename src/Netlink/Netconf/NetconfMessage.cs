namespace Net.Netlink.Netconf;

/// <summary>Settings of a link or of all links, as carried by RTM_NEWNETCONF. A property that is null is not in the message.</summary>
/// <remarks>Wire: <c>struct netconfmsg</c> (1 byte, padded to 4), then NETCONFA_* attributes. Source:
/// include/uapi/linux/netconf.h.</remarks>
public sealed record NetconfMessage
{
    private const int HeaderLength = 4;
    private const int AllLinks = -1; // NETCONFA_IFINDEX_ALL
    private const ushort IndexAttribute = 1; // NETCONFA_IFINDEX
    private const ushort ForwardingAttribute = 2; // NETCONFA_FORWARDING

    /// <summary>The link's index; -1 for all links together, -2 for those to come.</summary>
    public int? LinkIndex { get; init; }

    /// <summary>The setting <c>forwarding</c>.</summary>
    public int? Forwarding { get; init; }

    /// <summary>Whether it says that the namespace does not forward any more: <c>ip_forward</c>, or <c>conf/all/forwarding</c> of
    /// IPv6.</summary>
    public bool EndsForwarding => this is { LinkIndex: AllLinks, Forwarding: 0 };

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are no such message.</exception>
    public static NetconfMessage Decode(ReadOnlySpan<byte> payload)
    {
        AttributeReader.SplitStruct(payload, HeaderLength, "struct netconfmsg", out AttributeReader attributes);
        var message = new NetconfMessage();
        foreach (NetlinkAttribute attribute in attributes)
        {
            message = attribute.Type switch
            {
                IndexAttribute => message with { LinkIndex = attribute.AsInt32() },
                ForwardingAttribute => message with { Forwarding = attribute.AsInt32() },
                _ => message,
            };
        }

        return message;
    }
}
