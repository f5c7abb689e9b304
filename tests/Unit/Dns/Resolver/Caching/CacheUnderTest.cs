using Net.Dns.Resolver;
using Net.Dns.Resolver.Caching;
using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Caching;

/// <summary>A cache with a clock of its own.</summary>
internal sealed class CacheUnderTest
{
    internal const int UdpSize = 1232;

    private readonly byte[] _room = new byte[ushort.MaxValue];
    private readonly DnsCounters _client = new();

    internal CacheUnderTest(int mostEntries = 100, long mostBytes = 1 << 20) => Cache = new AnswerCache(mostEntries, mostBytes, () => Now);

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

    /// <summary>What a client gets; null: it has to be asked for.</summary>
    internal DnsMessage? Ask(byte[] query, DnsTransport transport = DnsTransport.Udp, UpstreamGroup? group = null)
    {
        Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(query, out DnsQuery parsed));
        if (Cache.Find(group ?? Group, parsed) is not { } found)
        {
            return null;
        }

        int length = found.Write(parsed, AnswerFit.Most(parsed, transport, _room.Length), UdpSize, Now, _room);
        return DnsMessage.Parse(_room.AsSpan(0, length).ToArray());
    }
}
