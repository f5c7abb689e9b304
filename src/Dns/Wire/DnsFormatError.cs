namespace Net.Dns.Wire;

/// <summary>Why bytes are not a DNS message: there are only two answers that a caller can act on.</summary>
public enum DnsFormatError
{
    /// <summary>The bytes read so far are well formed.</summary>
    None,

    /// <summary>The message ends before what its counts and lengths promise. More bytes could make it whole.</summary>
    Truncated,

    /// <summary>A rule of the format is broken (a label type, a pointer, a length, a count). More bytes cannot mend it.</summary>
    Malformed,
}
