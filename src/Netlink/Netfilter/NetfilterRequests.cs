namespace Net.Netlink.Netfilter;

/// <summary>Builds netfilter message types, and reads the generation of the rule set.</summary>
public static class NetfilterRequests
{
    private const byte GetGeneration = 16; // NFT_MSG_GETGEN
    private const ushort GenerationId = 1; // NFTA_GEN_ID

    /// <summary>Combines a subsystem and its operation (NFT_MSG_*) to a message type.</summary>
    public static ushort Type(NetfilterSubsystem subsystem, byte operation) => (ushort)(((byte)subsystem << 8) | operation);

    /// <summary>The generation of the nf_tables rule set, which every transaction increments.</summary>
    /// <exception cref="NetlinkException">The kernel has no nf_tables (NotSupported or InvalidArgument).</exception>
    public static uint ReadGeneration(this NetlinkConnection connection)
    {
        IReadOnlyList<NetlinkReply> replies = connection.Execute(new NetlinkRequest(
            Type(NetfilterSubsystem.Nftables, GetGeneration),
            MessageFlags.None,
            new NetfilterMessage(NetfilterFamily.Unspecified),
            "read the nf_tables generation"));
        foreach (NetlinkReply reply in replies)
        {
            NetfilterHeader.Decode(reply.Payload.Span, out AttributeReader attributes);
            foreach (NetlinkAttribute attribute in attributes)
            {
                if (attribute.Type == GenerationId)
                {
                    return attribute.AsUInt32NetworkOrder();
                }
            }
        }

        throw new NetlinkException("read the nf_tables generation: the kernel's answer has no number", Net.Linux.Errno.BadMessage);
    }
}
