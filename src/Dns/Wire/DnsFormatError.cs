namespace Net.Dns.Wire;

/// <summary>Why bytes are not a DNS message. There are only two reasons that a caller can act on differently.</summary>
public enum DnsFormatError
{
    /// <summary>The bytes read so far are well formed.</summary>
    None,

    /// <summary>The message ends before its counts and lengths say so. More bytes could complete it.</summary>
    Truncated,

    /// <summary>A rule of the format is broken (a label type, a pointer, a length, a count). More bytes cannot repair it.</summary>
    Malformed,
}
