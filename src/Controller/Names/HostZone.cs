using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The domain <c>netctl.internal</c>, whose names mean the host and the way out. All of it is ours: nothing in it is ever asked of others.</summary>
internal static class HostZone
{
    /// <summary><c>host.netctl.internal</c>: the host as the asker reaches it.</summary>
    public static DnsName Host { get; } = DnsName.Parse("host.netctl.internal");

    /// <summary><c>gateway.netctl.internal</c>: where the asker's packets to everywhere else go.</summary>
    public static DnsName Gateway { get; } = DnsName.Parse("gateway.netctl.internal");

    private static DnsName Apex { get; } = DnsName.Parse("netctl.internal");

    /// <summary>What a name is that no container has.</summary>
    public static NameLookup Lookup(DnsName name) => !Contains(name) ? NameLookup.NotOurs
        : name == Host || name == Gateway || name == Apex ? NameLookup.Known
        : NameLookup.Missing;

    private static bool Contains(DnsName name)
    {
        ReadOnlySpan<byte> wire = name.Wire;
        ReadOnlySpan<byte> apex = Apex.Wire;
        int from = wire.Length - apex.Length;
        if (from < 0 || !Matches(wire[from..], apex))
        {
            return false;
        }

        // The same bytes may be the end of a longer label.
        int at = 0;
        while (at < from)
        {
            at += wire[at] + 1;
        }

        return at == from;
    }

    // Length bytes are at most 63 and no letters, so all can be folded alike.
    private static bool Matches(ReadOnlySpan<byte> wire, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i < wire.Length; i++)
        {
            byte folded = wire[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(wire[i] | 0x20) : wire[i];
            if (folded != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
