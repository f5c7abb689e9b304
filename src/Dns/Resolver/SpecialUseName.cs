using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>Special-use domain names, whose meaning is fixed, so that no upstream server is asked for them (RFC 6761).</summary>
internal static class SpecialUseName
{
    private static readonly DnsName Localhost = DnsName.Parse("localhost");
    private static readonly DnsName Invalid = DnsName.Parse("invalid");

    /// <summary>Whether a name is <c>localhost</c> or below it: it has the loopback addresses (RFC 6761 6.3).</summary>
    public static bool IsLocalhost(DnsName name) => name.IsIn(Localhost);

    /// <summary>Whether a name is <c>invalid</c> or below it: it does not exist (RFC 6761 6.4).</summary>
    public static bool IsInvalid(DnsName name) => name.IsIn(Invalid);
}
