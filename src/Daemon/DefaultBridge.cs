using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Networks;
using Net.Controller.Requests;
using Net.Drivers.Bridge;

namespace Net.Daemon;

/// <summary>The network <c>bridge</c>: the options and subnets that the daemon's settings give it, and all options as they are
/// shown.</summary>
internal static class DefaultBridge
{
    private const string Prefix = "com.docker.network.bridge.";
    private const string MtuKey = "com.docker.network.driver.mtu";
    private const int KernelMtu = 1500;

    private static readonly IReadOnlyList<(string Key, string Flag)> OptionFlags =
    [
        (MtuKey, "mtu"), (Prefix + "enable_icc", "icc"), (Prefix + "enable_ip_masquerade", "ip-masq"), (Prefix + "host_binding_ipv4", "ip"),
    ];

    /// <summary>The driver options for the settings that were given; the driver has defaults for the others.</summary>
    public static IReadOnlyDictionary<string, string> OptionsOf(DaemonOptions options)
    {
        var text = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.BridgeName is { } bridge)
        {
            text[Prefix + "name"] = bridge;
        }

        if (options.HostBinding is { } address)
        {
            text[Prefix + "host_binding_ipv4"] = address.ToString();
        }

        if (!options.InterContainer)
        {
            text[Prefix + "enable_icc"] = "false";
        }

        if (!options.Masquerade)
        {
            text[Prefix + "enable_ip_masquerade"] = "false";
        }

        if (options.Mtu is { } mtu)
        {
            text[MtuKey] = mtu.ToString(CultureInfo.InvariantCulture);
        }

        return text;
    }

    /// <summary>The subnets for the settings that were given; for a family without one, one of the pools is chosen.</summary>
    public static IReadOnlyList<SubnetRequest> SubnetsOf(DaemonOptions options) =>
    [
        .. SubnetOf(
            options, options.BridgeAddress, options.BridgeRange, options.DefaultGateway, AddressPool.DefaultGatewayIPv4Name),
        .. SubnetOf(
            options, options.BridgeIPv6Address, options.BridgeIPv6Range, options.DefaultIPv6Gateway, AddressPool.DefaultGatewayIPv6Name),
    ];

    /// <summary>What the network has otherwise than the settings say, because it was made under others; null when it has all of
    /// it.</summary>
    public static string? DeviationOf(DaemonOptions options, Network network)
    {
        IReadOnlyDictionary<string, string> wanted = OptionsOf(options);
        var flags = new List<string>();
        foreach ((string key, string flag) in OptionFlags)
        {
            if (wanted.GetValueOrDefault(key) != network.Options.GetValueOrDefault(key))
            {
                flags.Add(flag);
            }
        }

        if (options.BridgeIPv6 != network.EnableIPv6)
        {
            flags.Add("ipv6");
        }

        flags.AddRange(SubnetsOf(options)
            .Where(subnet => network.EnableIPv6 || !subnet.IsIPv6)
            .Where(subnet => !network.Pools.Any(pool => IsAsWanted(pool, subnet)))
            .Select(subnet => subnet.IsIPv6 ? "bip6, fixed-cidr-v6 or default-gateway-v6" : "bip, fixed-cidr or default-gateway"));
        return flags.Count == 0
            ? null
            : $"network {network.Name} was made under other settings and keeps them, so it does not follow {string.Join(", ", flags)}; "
                + "\"netctl system reset\" removes everything and makes it anew";
    }

    private static bool IsAsWanted(AddressPool pool, SubnetRequest subnet) =>
        (subnet.Subnet is null || pool.Subnet == subnet.Subnet)
        && pool.Range == subnet.Range
        && (subnet.Gateway is null || subnet.Gateway.Equals(pool.Gateway))
        && subnet.AuxiliaryAddresses.Values.SequenceEqual(pool.AuxiliaryAddresses.Values);

    private static IEnumerable<SubnetRequest> SubnetOf(
        DaemonOptions options, InterfaceAddress? address, IPNetwork? range, IPAddress? defaultGateway, string gatewayName)
    {
        // A bridge of another program says itself which subnet is on it.
        IPNetwork? subnet = options.BridgeName is null ? address?.Subnet ?? range : null;
        if (subnet is not null || range is not null || defaultGateway is not null)
        {
            yield return new SubnetRequest
            {
                Subnet = subnet,
                Range = range == subnet ? null : range,
                Gateway = address?.Address,
                AuxiliaryAddresses = defaultGateway is null || defaultGateway.Equals(address?.Address)
                    ? new Dictionary<string, IPAddress>()
                    : new Dictionary<string, IPAddress> { [gatewayName] = defaultGateway },
            };
        }
    }

    /// <summary>The options that Docker shows of its default network, with their values here, also where they are the driver's
    /// defaults.</summary>
    /// <param name="network">The network <c>bridge</c>.</param>
    public static IReadOnlyDictionary<string, string> ShownOptionsOf(Network network)
    {
        if (!BridgeOptions.TryParse(network, out BridgeOptions? options, out _))
        {
            return network.Options;
        }

        var shown = new Dictionary<string, string>(network.Options, StringComparer.Ordinal)
        {
            [Prefix + "default_bridge"] = "true",
            [Prefix + "enable_icc"] = options.InterContainer ? "true" : "false",
            [Prefix + "enable_ip_masquerade"] = options.Masquerade ? "true" : "false",
            [Prefix + "host_binding_ipv4"] = options.HostBinding?.ToString() ?? "0.0.0.0",
            [Prefix + "name"] = BridgeNames.Bridge(network, options),
            [MtuKey] =
                (options.Mtu ?? network.EgressMtu ?? KernelMtu).ToString(CultureInfo.InvariantCulture),
        };
        return shown;
    }
}
