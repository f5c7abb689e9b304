using System.Net;
using System.Security.Cryptography;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>What a client is told, without sockets.</summary>
internal static class ResponderUnderTest
{
    /// <summary>The answer to a query for <see cref="Names.Table"/>'s names, or null when there is none.</summary>
    internal static DnsMessage? Respond(
        byte[] query,
        DnsTransport transport = DnsTransport.Udp,
        UpstreamPolicy? upstreams = null,
        INameSource? names = null,
        DnsServerOptions? options = null) =>
            Bytes(query, transport, upstreams, names, options) is { Length: > 0 } bytes ? DnsMessage.Parse(bytes) : null;

    /// <summary>The same as it is on the wire; none for no answer.</summary>
    internal static byte[] Bytes(
        byte[] query,
        DnsTransport transport = DnsTransport.Udp,
        UpstreamPolicy? upstreams = null,
        INameSource? names = null,
        DnsServerOptions? options = null)
    {
        using var random = RandomNumberGenerator.Create();
        var responder = new Responder(options ?? new DnsServerOptions(), random);
        byte[] room = new byte[transport == DnsTransport.Udp ? responder.UdpBufferSize : ushort.MaxValue];
        UpstreamPolicy policy = upstreams ?? UpstreamPolicy.Forbidden;
        responder.Respond(query, transport, names ?? Names.Table, policy, room, out _, out int length);
        return room[..length];
    }

    /// <summary>A name with this many IPv4 addresses.</summary>
    internal static NameTable Holders(string name, int count) =>
        new(Enumerable.Range(0, count).Select(i => (DnsName.Parse(name), new IPAddress([198, 51, (byte)(i >> 8), (byte)i]))), []);
}
