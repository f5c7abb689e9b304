using System.Net;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>The names that the tests' client sees.</summary>
internal static class Names
{
    internal const int ManyCount = 100;

    /// <summary>web (both families), db (IPv4 only), many (100 addresses), PTR for 192.0.2.7.</summary>
    internal static NameTable Table => new(
        [
            (DnsName.Parse("web"), IPAddress.Parse("192.0.2.7")),
            (DnsName.Parse("web"), IPAddress.Parse("192.0.2.8")),
            (DnsName.Parse("web"), IPAddress.Parse("2001:db8::7")),
            (DnsName.Parse("db"), IPAddress.Parse("192.0.2.9")),
            .. Enumerable.Range(0, ManyCount).Select(static i => (DnsName.Parse("many"), new IPAddress([198, 51, 100, (byte)i]))),
        ],
        [(IPAddress.Parse("192.0.2.7"), DnsName.Parse("web.net1"))]);
}
