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

    /// <summary>NLM_F_ACK: answer also when it went well. Set by the connection.</summary>
    Acknowledge = 0x04,

    /// <summary>NLM_F_ECHO: send back what came to be, with what the kernel chose.</summary>
    Echo = 0x08,

    /// <summary>NLM_F_DUMP_INTR: the list changed while it was dumped.</summary>
    DumpInterrupted = 0x10,

    /// <summary>NLM_F_DUMP_FILTERED: the kernel applied the filter of the request.</summary>
    DumpFiltered = 0x20,

    /// <summary>NLM_F_DUMP: the whole list (get requests).</summary>
    Dump = 0x300,

    /// <summary>NLM_F_REPLACE: put it in the place of what is there (new requests).</summary>
    Replace = 0x100,

    /// <summary>NLM_F_EXCL: fail when it is there (new requests).</summary>
    Exclusive = 0x200,

    /// <summary>NLM_F_CREATE: make it when it is not there (new requests).</summary>
    Create = 0x400,

    /// <summary>NLM_F_APPEND: put it at the end of the list (new requests).</summary>
    Append = 0x800,

    /// <summary>NLM_F_NONREC: do not delete what hangs on it (delete requests).</summary>
    NonRecursive = 0x100,

    /// <summary>NLM_F_BULK: delete several (delete requests).</summary>
    Bulk = 0x200,

    /// <summary>NLM_F_CAPPED: the request is not quoted in full (acknowledgements).</summary>
    Capped = 0x100,

    /// <summary>NLM_F_ACK_TLVS: attributes follow (acknowledgements).</summary>
    AcknowledgeAttributes = 0x200,
}
