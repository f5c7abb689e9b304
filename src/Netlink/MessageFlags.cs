namespace Net.Netlink;

/// <summary>The flags of a netlink message header (nlmsg_flags).</summary>
/// <remarks>Source: include/uapi/linux/netlink.h. The upper byte means different things for new, get, delete and acknowledgement.</remarks>
[Flags]
public enum MessageFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>NLM_F_REQUEST: a request to the kernel. Set by the connection.</summary>
    Request = 0x01,

    /// <summary>NLM_F_MULTI: one part of several, ended by NLMSG_DONE.</summary>
    Multi = 0x02,

    /// <summary>NLM_F_ACK: acknowledge the request also when it succeeds. Set by the connection.</summary>
    Acknowledge = 0x04,

    /// <summary>NLM_F_ECHO: send back the created object, with the values that the kernel chose.</summary>
    Echo = 0x08,

    /// <summary>NLM_F_DUMP_INTR: the list changed while it was dumped.</summary>
    DumpInterrupted = 0x10,

    /// <summary>NLM_F_DUMP_FILTERED: the kernel applied the filter of the request.</summary>
    DumpFiltered = 0x20,

    /// <summary>NLM_F_DUMP: return the whole list (get requests).</summary>
    Dump = 0x300,

    /// <summary>NLM_F_REPLACE: replace an existing object (new requests).</summary>
    Replace = 0x100,

    /// <summary>NLM_F_EXCL: fail when the object exists (new requests).</summary>
    Exclusive = 0x200,

    /// <summary>NLM_F_CREATE: create the object when it does not exist (new requests).</summary>
    Create = 0x400,

    /// <summary>NLM_F_APPEND: put the object at the end of the list (new requests).</summary>
    Append = 0x800,

    /// <summary>NLM_F_NONREC: do not delete the objects that depend on this one (delete requests).</summary>
    NonRecursive = 0x100,

    /// <summary>NLM_F_BULK: delete several objects (delete requests).</summary>
    Bulk = 0x200,

    /// <summary>NLM_F_CAPPED: the request is not quoted in full (acknowledgements).</summary>
    Capped = 0x100,

    /// <summary>NLM_F_ACK_TLVS: attributes follow (acknowledgements).</summary>
    AcknowledgeAttributes = 0x200,
}
