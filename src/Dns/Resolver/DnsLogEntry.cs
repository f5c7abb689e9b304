using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>A log entry: one message of a client and its outcome.</summary>
/// <param name="Client">The client's key.</param>
/// <param name="Transport">How it came.</param>
/// <param name="Question">The question; null when the message could not be parsed.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Code">The response code; null when there was no response.</param>
/// <param name="Answers">The number of records in the response's answer section.</param>
/// <param name="Server">The upstream server that gave the response, now or when it was cached; null when the response was made
/// here.</param>
/// <param name="Elapsed">How long the client waited for upstream servers; zero when none was asked.</param>
public sealed record DnsLogEntry(
    string Client,
    DnsTransport Transport,
    DnsQuestion? Question,
    ResponderOutcome Outcome,
    DnsResponseCode? Code,
    int Answers,
    UpstreamServer? Server,
    TimeSpan Elapsed);
