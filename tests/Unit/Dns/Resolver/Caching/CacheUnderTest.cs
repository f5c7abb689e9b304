using Net.Dns.Resolver;
using Net.Dns.Resolver.Caching;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Caching;

/// <summary>A cache with a clock of its own.</summary>
internal sealed class CacheUnderTest
{
    internal const int UdpSize = 1232;

    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private readonly DnsCounters _client = new();

    internal CacheUnderTest(int maxEntries = 100, long maxBytes = 1 << 20) => Cache = new AnswerCache(maxEntries, maxBytes, () => Now);

    internal AnswerCache Cache { get; }

    internal UpstreamGroup Group { get; } = new(UpstreamPolicy.To(), []);

    /// <summary>Milliseconds.</summary>
    internal long Now { get; set; } = 1_000_000;

    /// <summary>Some seconds later.</summary>
    internal void Wait(double seconds) => Now += (long)(seconds * 1000);

    internal void Store(byte[] query, byte[] answer, DnsCounters? client = null)
    {
        Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(query, out DnsQuery parsed));
        Cache.Store(Group, parsed, answer, server: null, client ?? _client);
    }

    /// <summary>The response that a client gets from the cache; null when the query has to be forwarded.</summary>
    internal DnsMessage? Ask(byte[] query, DnsTransport transport = DnsTransport.Udp, UpstreamGroup? group = null)
    {
        Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(query, out DnsQuery parsed));
        if (Cache.Find(group ?? Group, parsed) is not { } found)
        {
            return null;
        }

        int length = found.Write(parsed, ClientResponseWriter.MaxLength(parsed, transport, _buffer.Length), UdpSize, Now, _buffer);
        return DnsMessage.Parse(_buffer.AsSpan(0, length).ToArray());
    }
}
