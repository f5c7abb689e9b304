namespace Net.Netlink;

/// <summary>One request to the kernel.</summary>
/// <param name="Type">nlmsg_type, e.g. RTM_NEWLINK, or subsystem and operation for netfilter.</param>
/// <param name="Flags">Flags in addition to Request and Acknowledge, which the connection sets.</param>
/// <param name="Message">The payload.</param>
/// <param name="Operation">What the request does to which object, for error messages: "add link br0".</param>
public readonly record struct NetlinkRequest(ushort Type, MessageFlags Flags, INetlinkMessage Message, string Operation);
