using System.Net;
using Net.Api.Dns;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Daemon.Http.Views;

/// <summary>Converts the resolver's replies, statistics and log entries to the API's types.</summary>
internal static class DnsView
{
    private const int DnsPort = 53;

    /// <summary>Where a response comes from.</summary>
    /// <param name="outcome">What was done with the query.</param>
    /// <param name="server">The upstream server that gave the response; null when there is none.</param>
    public static string SourceOf(ResponderOutcome outcome, UpstreamServer? server) => outcome switch
    {
        ResponderOutcome.Dropped => DnsSource.Dropped,
        ResponderOutcome.Rejected => DnsSource.Rejected,
        ResponderOutcome.OwnName => DnsSource.Names,
        ResponderOutcome.Forbidden => DnsSource.Internal,
        ResponderOutcome.Cached => DnsSource.Cache,
        ResponderOutcome.OverLimit => DnsSource.Limit,
        ResponderOutcome.Failed => DnsSource.Fault,
        _ => server is null ? DnsSource.Nobody : DnsSource.Server,
    };

    public static DnsServerAddress? Of(UpstreamServer? server) =>
        server is null ? null : new DnsServerAddress { Address = Of(server.Address), AskedInside = server.InClient is not null };

    /// <summary>An address, with its port unless that is 53.</summary>
    public static string Of(IPEndPoint address) => address.Port == DnsPort ? address.Address.ToString() : address.ToString();

    public static DnsAnswer Of(DnsRecord record) => new()
    {
        Name = record.Name.ToString(),
        Ttl = record.Ttl,
        Type = RecordTypeText.Of(record.Type),
        Data = RecordDataText.Of(record),
    };

    public static DnsContainerStats Of(string id, string name, DnsStatistics numbers) => new()
    {
        Id = id,
        Name = name,
        Queries = numbers.Queries,
        OwnNames = numbers.OwnNames,
        Cached = numbers.Cached,
        Forwarded = numbers.Forwarded,
        Joined = numbers.Joined,
        TcpRetries = numbers.TcpRetries,
        Failed = numbers.UpstreamFailures,
        Internal = numbers.Forbidden,
        OverLimit = numbers.OverLimit,
        Rejected = numbers.Rejected,
        Dropped = numbers.Dropped,
        Mismatches = numbers.UpstreamMismatches,
        TcpConnections = numbers.TcpConnections,
        TcpRefused = numbers.TcpRefused,
        SocketErrors = numbers.SocketErrors,
        Faults = numbers.NameSourceErrors,
    };

    /// <summary>The statistics of the cache and the upstream servers.</summary>
    /// <param name="numbers">The statistics.</param>
    /// <param name="nameOf">Gives the name of the container with a client's key.</param>
    public static DnsForwardingStats Of(ForwarderStatistics numbers, Func<string, string> nameOf) => new()
    {
        CacheEntries = numbers.CacheEntries,
        CacheBytes = numbers.CacheBytes,
        CacheHits = numbers.CacheHits,
        CacheMisses = numbers.CacheMisses,
        CacheEvictions = numbers.CacheEvictions,
        Servers =
        [
            .. numbers.Servers.Select(server => new DnsServerStats
            {
                Address = Of(server.Server.Address),
                Container = server.Server.InClient is { } client ? nameOf(client) : null,
                Asked = server.Asked,
                Answered = server.Answered,
                Failed = server.Failed,
                IsFailing = server.IsFailing,
            }),
        ],
    };

    /// <summary>A log entry without the container's name, which the caller adds.</summary>
    public static DnsLogLine Of(DnsLogEntry entry, DateTimeOffset time) => new()
    {
        Time = time,
        Transport = entry.Transport == DnsTransport.Tcp ? "tcp" : "udp",
        Name = entry.Question?.Name.ToString(),
        Type = entry.Question is { } question ? RecordTypeText.Of(question.Type) : null,
        Source = SourceOf(entry.Outcome, entry.Server),
        Status = entry.Code is { } code ? ResponseCodeText.Of(code) : null,
        Answers = entry.Answers,
        Server = Of(entry.Server),
        Milliseconds = Milliseconds(entry.Elapsed),
    };

    public static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
