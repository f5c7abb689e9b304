namespace Net.Dns.Wire;

/// <summary>The parts of a message in the order in which they stand (RFC 1035 4.1).</summary>
public enum DnsSection
{
    /// <summary>What was asked.</summary>
    Question,

    /// <summary>Records that answer it.</summary>
    Answer,

    /// <summary>Records that say who knows.</summary>
    Authority,

    /// <summary>Records that help, and OPT.</summary>
    Additional,
}
