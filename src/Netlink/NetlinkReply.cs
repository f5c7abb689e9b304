namespace Net.Netlink;

/// <summary>One message that came from the kernel.</summary>
/// <param name="Type">nlmsg_type.</param>
/// <param name="Flags">nlmsg_flags.</param>
/// <param name="Sequence">The number of the request it answers; 0 for an event.</param>
/// <param name="Payload">What stands after the header: a copy that stays valid.</param>
public readonly record struct NetlinkReply(ushort Type, MessageFlags Flags, uint Sequence, ReadOnlyMemory<byte> Payload);
