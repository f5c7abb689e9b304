using System.Net;
using Net.Api.Dns;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Daemon.Http.Views;

/// <summary>What the resolver does, in the API's words.</summary>
internal static class DnsView
{
    private const int DnsPort = 53;

    /// <summary>Where an answer comes from.</summary>
    /// <param name="outcome">What was done.</param>
    /// <param name="server">Who answered.</param>
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

    /// <summary>An address, its port only where it is not the usual one.</summary>
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

    /// <summary>What was got from others.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="nameOf">From a client's key to its container's name.</param>
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

    /// <summary>An entry of the log, but for the container's name.</summary>
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
