using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>One message of a client, and what became of it.</summary>
/// <param name="Client">The client's key.</param>
/// <param name="Transport">How it came.</param>
/// <param name="Question">What was asked; null when it could not be read.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Code">What the answer says; null when there was none.</param>
/// <param name="Answers">How many records the answer has in its answer section.</param>
/// <param name="Server">Who gave the answer, now or when the cache got it; null when it was made here.</param>
/// <param name="Elapsed">How long the client waited for others; none when it did not.</param>
public sealed record DnsLogEntry(
    string Client,
    DnsTransport Transport,
    DnsQuestion? Question,
    ResponderOutcome Outcome,
    DnsResponseCode? Code,
    int Answers,
    UpstreamServer? Server,
    TimeSpan Elapsed);
