using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>Names whose meaning is fixed for everybody, so that no server is asked for them (RFC 6761).</summary>
internal static class SpecialName
{
    private static readonly DnsName Localhost = DnsName.Parse("localhost");
    private static readonly DnsName Invalid = DnsName.Parse("invalid");

    /// <summary>Whether it is <c>localhost</c>, or in it: who asks, at its loopback address (RFC 6761 6.3).</summary>
    public static bool IsLocalhost(DnsName name) => name.IsIn(Localhost);

    /// <summary>Whether it is <c>invalid</c>, or in it: there is no such name (RFC 6761 6.4).</summary>
    public static bool IsInvalid(DnsName name) => name.IsIn(Invalid);
}
