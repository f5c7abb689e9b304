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
    public static NameLookup Lookup(DnsName name) => !name.IsIn(Apex) ? NameLookup.NotLocal
        : name == Host || name == Gateway || name == Apex ? NameLookup.Known
        : NameLookup.Missing;
}
