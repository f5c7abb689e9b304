using System.Globalization;
using Net.Cnm.Networks;
using Net.Drivers.Bridge;

namespace Net.Daemon;

/// <summary>The options of the network <c>bridge</c>: those that the daemon's settings give it, and all of them as they are
/// shown.</summary>
internal static class DefaultBridge
{
    private const string Prefix = "com.docker.network.bridge.";
    private const int KernelMtu = 1500;

    /// <summary>The driver options for the settings that were given; the driver has defaults for the others.</summary>
    public static IReadOnlyDictionary<string, string> OptionsOf(DaemonOptions options)
    {
        var text = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.HostBinding is { } address)
        {
            text[Prefix + "host_binding_ipv4"] = address.ToString();
        }

        if (!options.InterContainer)
        {
            text[Prefix + "enable_icc"] = "false";
        }

        if (options.Mtu is { } mtu)
        {
            text["com.docker.network.driver.mtu"] = mtu.ToString(CultureInfo.InvariantCulture);
        }

        return text;
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
            ["com.docker.network.driver.mtu"] =
                (options.Mtu ?? network.EgressMtu ?? KernelMtu).ToString(CultureInfo.InvariantCulture),
        };
        return shown;
    }
}
