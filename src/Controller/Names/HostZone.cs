using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The local domain <c>netctl.internal</c>, which has names for the host and for the default gateway. No query in it is ever
/// forwarded.</summary>
internal static class HostZone
{
    /// <summary><c>host.netctl.internal</c>: the host, by the address at which the client reaches it.</summary>
    public static DnsName Host { get; } = DnsName.Parse("host.netctl.internal");

    /// <summary><c>gateway.netctl.internal</c>: the client's default gateway.</summary>
    public static DnsName Gateway { get; } = DnsName.Parse("gateway.netctl.internal");

    private static DnsName Apex { get; } = DnsName.Parse("netctl.internal");

    /// <summary>Looks up a name that no container has.</summary>
    public static NameLookup Lookup(DnsName name) => !name.IsIn(Apex) ? NameLookup.NotLocal
        : name == Host || name == Gateway || name == Apex ? NameLookup.Known
        : NameLookup.Missing;
}
