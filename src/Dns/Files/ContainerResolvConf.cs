using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;

namespace Net.Dns.Files;

/// <summary>Derives a container's resolv.conf, and the upstream servers of its resolver, from the host's resolv.conf. Pure.</summary>
/// <remarks>The rules are Docker's: the file of a container on a user network names the embedded resolver, that of one on the default
/// bridge the servers themselves.</remarks>
public static class ContainerResolvConf
{
    private const int DnsPort = 53;
    private const int MaxUpstreams = 3;
    private const string NoDotsNeeded = "ndots:0";

    /// <summary>The address of the embedded resolver in a container: 127.0.0.11.</summary>
    public static IPAddress ResolverAddress { get; } = new([127, 0, 0, 11]);

    /// <summary>The servers to fall back to when none are named: Google Public DNS, as in Docker.</summary>
    public static ImmutableArray<IPAddress> PublicServers { get; } = [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("8.8.4.4")];

    /// <summary>The IPv6 addresses of the servers to fall back to.</summary>
    public static ImmutableArray<IPAddress> PublicIpv6Servers { get; } =
        [IPAddress.Parse("2001:4860:4860::8888"), IPAddress.Parse("2001:4860:4860::8844")];

    /// <summary>The file of a container on a user network: the embedded resolver, the host's search list, and "ndots:0" unless ndots is
    /// set.</summary>
    public static ResolvConf ForUserNetwork(ResolvConf host, ResolverOverrides overrides)
    {
        ResolvConf merged = Merge(host, overrides);
        return merged with
        {
            NameServers = [ResolverAddress],
            Options = merged.SetsNdots ? merged.Options : merged.Options.Add(NoDotsNeeded),
        };
    }

    /// <summary>The file of a container on the default bridge: the host's servers without those that the container cannot reach.</summary>
    /// <param name="host">The host's file.</param>
    /// <param name="overrides">The user's settings; servers named here are used unchanged.</param>
    /// <param name="hasIpv6">Whether the container's network has IPv6; without it, IPv6 servers are left out.</param>
    /// <returns>A file with at least one server: the public ones when the host's are all loopback addresses, or bound to a link of the
    /// host.</returns>
    public static ResolvConf ForDefaultBridge(ResolvConf host, ResolverOverrides overrides, bool hasIpv6)
    {
        ResolvConf merged = Merge(host, overrides);
        if (!overrides.NameServers.IsEmpty)
        {
            return merged;
        }

        ImmutableArray<IPAddress> reachable = [.. merged.NameServers.Where(server => IsReachable(server, hasIpv6))];
        ImmutableArray<IPAddress> fallback = hasIpv6 ? [.. PublicServers, .. PublicIpv6Servers] : PublicServers;
        return merged with { NameServers = reachable.IsEmpty ? fallback : reachable };
    }

    /// <summary>The file of a container on no network: the host's, with the user's settings in place of the host's.</summary>
    public static ResolvConf ForNoNetwork(ResolvConf host, ResolverOverrides overrides) => Merge(host, overrides);

    /// <summary>The upstream servers of the embedded resolver of a container on a user network: the first three of the named servers or
    /// else of the host's, at port 53; the public ones when there are none.</summary>
    /// <param name="host">The host's file. Its loopback addresses are among the servers: they are dialled from the host's
    /// namespace.</param>
    /// <param name="overrides">The user's settings, with the named servers.</param>
    /// <param name="inClient">The key of the client from whose namespace the named servers are dialled; null to dial them from the host's
    /// namespace.</param>
    public static UpstreamPolicy Upstreams(ResolvConf host, ResolverOverrides overrides, string? inClient = null)
    {
        ImmutableArray<IPAddress> servers = Merge(host, overrides).NameServers;
        string? place = overrides.NameServers.IsEmpty ? null : inClient;
        return UpstreamPolicy.To((servers.IsEmpty ? PublicServers : servers)
            .Take(MaxUpstreams)
            .Select(server => new UpstreamServer(new IPEndPoint(server, DnsPort), place)));
    }

    private static ResolvConf Merge(ResolvConf host, ResolverOverrides overrides) => new()
    {
        NameServers = overrides.NameServers.IsEmpty ? host.NameServers : overrides.NameServers,
        Search = overrides.Search.IsEmpty ? host.Search : ResolvConf.WithoutRoot(overrides.Search),
        Options = overrides.Options.IsEmpty ? host.Options : overrides.Options,
    };

    private static bool IsReachable(IPAddress server, bool hasIpv6) => !IPAddress.IsLoopback(server)
        && (server.AddressFamily == AddressFamily.InterNetwork || (hasIpv6 && !server.IsIPv6LinkLocal));
}
