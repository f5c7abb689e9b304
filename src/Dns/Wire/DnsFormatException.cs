namespace Net.Dns.Wire;

/// <summary>Bytes or text that are not what RFC 1035 calls a message or a name.</summary>
/// <remarks>Thrown by the convenience methods named <c>Parse</c> only. What arrives from a network is read with <c>TryParse</c>:
/// a bad packet is a counter, never an exception.</remarks>
public sealed class DnsFormatException : FormatException
{
    /// <summary>Makes the exception for <paramref name="reason"/>.</summary>
    /// <param name="reason">Which of the two ways the input failed.</param>
    /// <param name="message">One sentence: what was read, and what is wrong with it.</param>
    public DnsFormatException(DnsFormatError reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Which of the two ways the input failed.</summary>
    public DnsFormatError Reason { get; }
}
