namespace Net.Netlink;

/// <summary>struct nlmsghdr without its length.</summary>
/// <param name="Type">nlmsg_type.</param>
/// <param name="Flags">nlmsg_flags.</param>
/// <param name="Sequence">nlmsg_seq.</param>
/// <param name="PortId">nlmsg_pid.</param>
internal readonly record struct MessageHeader(ushort Type, MessageFlags Flags, uint Sequence, uint PortId)
{
    /// <summary>NLMSG_ERROR: an acknowledgement or an error.</summary>
    internal const ushort Error = 2;

    /// <summary>NLMSG_DONE: the end of a dump.</summary>
    internal const ushort Done = 3;

    /// <summary>NLMSG_OVERRUN: data was lost.</summary>
    internal const ushort Overrun = 4;

    /// <summary>The message as a reply, with a copy of its payload.</summary>
    internal NetlinkReply ToReply(ReadOnlySpan<byte> payload) => new(Type, Flags, Sequence, payload.ToArray());
}
