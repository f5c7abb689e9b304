namespace Net.Dns.Wire;

/// <summary>Bytes or text are not a message or a name by RFC 1035.</summary>
/// <remarks>Thrown only by the convenience methods named <c>Parse</c>. Packets from a network are read with <c>TryParse</c>: a malformed
/// packet is counted and never causes an exception.</remarks>
public sealed class DnsFormatException : FormatException
{
    /// <summary>Makes the exception for <paramref name="reason"/>.</summary>
    /// <param name="reason">Whether the input is truncated or malformed.</param>
    /// <param name="message">One sentence: what was read, and what is wrong with it.</param>
    public DnsFormatException(DnsFormatError reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Whether the input is truncated or malformed.</summary>
    public DnsFormatError Reason { get; }
}
