using System.Net;
using Net.Cnm.Addresses;

namespace Net.Daemon.Settings;

/// <summary>The rules for settings of the default bridge that depend on each other.</summary>
internal static class DefaultBridgeRules
{
    /// <summary>Returns the options when they obey the rules.</summary>
    /// <exception cref="FormatException">They do not; the message names the settings and says what to do.</exception>
    public static DaemonOptions Require(DaemonOptions options)
    {
        RequireFamily(options, options.BridgeAddress, options.BridgeRange, options.DefaultGateway, "");
        RequireFamily(options, options.BridgeIPv6Address, options.BridgeIPv6Range, options.DefaultIPv6Gateway, "6");
        return options;
    }

    private static void RequireFamily(
        DaemonOptions options, InterfaceAddress? address, IPNetwork? range, IPAddress? gateway, string six)
    {
        string addressFlag = $"bip{six}";
        string rangeFlag = six.Length > 0 ? "fixed-cidr-v6" : "fixed-cidr";
        string gatewayFlag = six.Length > 0 ? "default-gateway-v6" : "default-gateway";
        string? given = address is not null ? addressFlag : range is not null ? rangeFlag : gateway is not null ? gatewayFlag : null;
        if (given is null)
        {
            return;
        }

        if (!options.HasDefaultBridge)
        {
            throw new FormatException($"bridge none and {given} are mutually exclusive: there is no default bridge; leave one of them out");
        }

        if (address is not null && options.BridgeName is { } bridge)
        {
            throw new FormatException(
                $"bridge {bridge} and {addressFlag} are mutually exclusive: that bridge has its addresses from the program that made it; "
                    + "leave one of them out");
        }

        if (six.Length > 0 && !options.BridgeIPv6)
        {
            throw new FormatException($"{given} needs IPv6 on the default bridge; set ipv6 too, or leave it out");
        }

        if (address is not null && range is { } part && !Subnets.Covers(address.Subnet, part))
        {
            throw new FormatException($"{rangeFlag} {part} is not in {addressFlag}'s subnet {address.Subnet}; choose a part of that");
        }

        // Which subnet is on a bridge of another program is known when the daemon sees it.
        if (options.BridgeName is null && gateway is not null
            && (address?.Subnet ?? range) is var subnet && subnet?.Contains(gateway) != true)
        {
            throw new FormatException(subnet is null
                ? $"{gatewayFlag} {gateway} needs the subnet that it is in; set {addressFlag} or {rangeFlag} too"
                : $"{gatewayFlag} {gateway} is not in the default bridge's subnet {subnet}; choose an address of that");
        }
    }
}
