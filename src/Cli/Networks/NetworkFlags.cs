using Net.Api.Containers;
using Net.Api.Networks;

namespace Net.Cli.Networks;

/// <summary>The networks of a new container: the values of <c>--network</c>, and the options beside them, which are for the first
/// network.</summary>
/// <param name="Names">The networks in the order of connection; empty for the default one.</param>
/// <param name="Config">What is requested for their endpoints; null for nothing.</param>
internal sealed record NetworkFlags(IReadOnlyList<string> Names, ContainerNetworkingConfig? Config)
{
    private const string Default = "default";

    /// <summary>Combines the flags.</summary>
    /// <param name="networks">The values of <c>--network</c>.</param>
    /// <param name="first">The options for the first network; null for none.</param>
    /// <param name="hasAliases">Whether <c>--network-alias</c> is given.</param>
    /// <exception cref="FormatException">A value is not understood, or two options say the same thing. The messages are
    /// Docker's.</exception>
    public static NetworkFlags Of(IEnumerable<string> networks, EndpointConfig? first, bool hasAliases)
    {
        NetworkFlag[] flags = [.. networks.Select(NetworkFlag.Parse)];
        if (flags.Length == 0)
        {
            return first is null ? new NetworkFlags([], null) : new NetworkFlags([Default], ConfigOf([new NetworkFlag(Default, first)]));
        }

        flags[0] = flags[0] with { Config = Combine(flags[0].Config, first, hasAliases) };
        return flags.GroupBy(flag => flag.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new FormatException($"network \"{twice.Key}\" is specified multiple times; give it once")
            : new NetworkFlags([.. flags.Select(flag => flag.Name)], ConfigOf(flags));
    }

    private static ContainerNetworkingConfig? ConfigOf(IReadOnlyList<NetworkFlag> flags)
    {
        var configs = flags.Where(flag => flag.Config is not null).ToDictionary(flag => flag.Name, flag => flag.Config!);
        return configs.Count == 0 ? null : new ContainerNetworkingConfig { EndpointsConfig = configs };
    }

    private static EndpointConfig? Combine(EndpointConfig? own, EndpointConfig? beside, bool hasAliases)
    {
        (EndpointIpamConfig? a, EndpointIpamConfig? b) = (own?.IPAMConfig, beside?.IPAMConfig);
        string? conflict =
            hasAliases && own?.Aliases is not null ? "--network-alias and per-network alias"
            : a?.IPv4Address is not null && b?.IPv4Address is not null ? "--ip and per-network IPv4 address"
            : a?.IPv6Address is not null && b?.IPv6Address is not null ? "--ip6 and per-network IPv6 address"
            : own?.MacAddress is not null && beside?.MacAddress is not null ? "--mac-address and per-network MAC address"
            : a?.LinkLocalIPs is not null && b?.LinkLocalIPs is not null ? "--link-local-ip and per-network link-local IP addresses"
            : null;
        if (conflict is not null)
        {
            throw new FormatException($"conflicting options: cannot specify both {conflict}; give one of them");
        }

        return own is null || beside is null
            ? own ?? beside
            : own with
            {
                MacAddress = own.MacAddress ?? beside.MacAddress,
                IPAMConfig = EndpointFlags.IpamConfigOf(
                    a?.IPv4Address ?? b?.IPv4Address, a?.IPv6Address ?? b?.IPv6Address, a?.LinkLocalIPs ?? b?.LinkLocalIPs ?? []),
            };
    }
}
