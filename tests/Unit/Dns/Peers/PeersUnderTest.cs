using System.Net;
using DnsClient;
using Net.Dns.Resolver;
using Net.Tests.TestKit.Dns;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Peers;

/// <summary>DnsClient asks our server, which forwards to ARSoft's.</summary>
internal sealed class PeersUnderTest : IAsyncDisposable
{
    private readonly ArsoftServer _upstream;

    internal PeersUnderTest(DnsServerOptions? options = null, IPAddress? address = null)
    {
        _upstream = new ArsoftServer(Zone.Answer, address);
        Ours = new ServerUnderTest(ScriptedUpstream.Policy(_upstream.EndPoint), options, address: address);
    }

    internal ArsoftZone Zone { get; } = new();

    internal ServerUnderTest Ours { get; }

    /// <summary>How often ARSoft was asked.</summary>
    internal int Asked => _upstream.Received.Count;

    /// <summary>The transports of the queries that ARSoft received.</summary>
    internal IEnumerable<ARSoft.Tools.Net.Dns.TransportProtocol> Transports =>
        _upstream.Received.Select(static received => received.Transport);

    /// <summary>A client without a cache of its own, that tries once and returns errors as responses.</summary>
    internal LookupClient Client(Action<LookupClientOptions>? change = null, IPEndPoint? server = null)
    {
        var options = new LookupClientOptions(server ?? Ours.EndPoint)
        {
            UseCache = false,
            Retries = 0,
            ThrowDnsErrors = false,
            Timeout = TimeSpan.FromMinutes(1),
        };
        change?.Invoke(options);
        return new LookupClient(options);
    }

    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        _upstream.Dispose();
        Assert.Empty(Ours.Faults);
        Assert.Empty(_upstream.Faults);
    }
}
