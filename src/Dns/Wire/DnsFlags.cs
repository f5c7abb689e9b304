namespace Net.Dns.Wire;

/// <summary>The second 16 bits of the header, as they are on the wire. Source: RFC 1035 4.1.1, RFC 4035 3.1.6 and 3.2.2 (AD, CD).</summary>
[Flags]
public enum DnsFlags : ushort
{
    /// <summary>A standard query without any flag.</summary>
    None = 0,

    /// <summary>CD: checking disabled.</summary>
    CheckingDisabled = 0x0010,

    /// <summary>AD: authentic data.</summary>
    AuthenticData = 0x0020,

    /// <summary>Z: reserved, zero when sent, ignored when read.</summary>
    Reserved = 0x0040,

    /// <summary>RA: recursion available.</summary>
    RecursionAvailable = 0x0080,

    /// <summary>RD: recursion desired.</summary>
    RecursionDesired = 0x0100,

    /// <summary>TC: the message was truncated.</summary>
    Truncated = 0x0200,

    /// <summary>AA: the answer is authoritative.</summary>
    Authoritative = 0x0400,

    /// <summary>QR: a response, not a query.</summary>
    Response = 0x8000,

    /// <summary>The bits of the operation code; see <see cref="DnsHeader.Opcode"/>.</summary>
    OpcodeMask = 0x7800,

    /// <summary>The bits of the response code; see <see cref="DnsHeader.ResponseCode"/>.</summary>
    ResponseCodeMask = 0x000f,
}
