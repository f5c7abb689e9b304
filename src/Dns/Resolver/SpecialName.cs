using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>Names whose meaning is fixed for everybody, so that no server is asked for them (RFC 6761).</summary>
internal static class SpecialName
{
    private static ReadOnlySpan<byte> Localhost => "\u0009localhost\0"u8;

    private static ReadOnlySpan<byte> Invalid => "\u0007invalid\0"u8;

    /// <summary>Whether it is <c>localhost</c>, or in it: who asks, at its loopback address (RFC 6761 6.3).</summary>
    public static bool IsLocalhost(DnsName name) => IsIn(name, Localhost);

    /// <summary>Whether it is <c>invalid</c>, or in it: there is no such name (RFC 6761 6.4).</summary>
    public static bool IsInvalid(DnsName name) => IsIn(name, Invalid);

    private static bool IsIn(DnsName name, ReadOnlySpan<byte> top)
    {
        ReadOnlySpan<byte> wire = name.Wire;
        while (wire.Length > top.Length)
        {
            wire = wire[(wire[0] + 1)..];
        }

        if (wire.Length != top.Length)
        {
            return false;
        }

        for (int i = 0; i < top.Length; i++)
        {
            if (DnsName.Fold(wire[i]) != top[i])
            {
                return false;
            }
        }

        return true;
    }
}
