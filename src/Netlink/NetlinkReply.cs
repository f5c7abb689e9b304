namespace Net.Netlink;

/// <summary>One message from the kernel.</summary>
/// <param name="Type">nlmsg_type.</param>
/// <param name="Flags">nlmsg_flags.</param>
/// <param name="Sequence">The sequence number of the request that this answers; 0 for an event.</param>
/// <param name="Payload">The bytes after the header: a copy that stays valid.</param>
public readonly record struct NetlinkReply(ushort Type, MessageFlags Flags, uint Sequence, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Of an event the number of the namespace that it is from, as the subscriber's namespace numbers it; null for its own one
    /// (<see cref="NetlinkSubscription.ToRouteOfAll"/>).</summary>
    public int? NamespaceId { get; init; }
}
