using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Ports;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>Checks the addresses of the host that a new network's options name. Whether an address is the broadcast address of a subnet is
/// not visible in the address alone: the host's subnets are needed too.</summary>
internal static class BridgeHostAddresses
{
    /// <summary>Refuses a broadcast address, of a subnet that the host is on or of the network's own, and an IPv6 link-local one.</summary>
    /// <exception cref="Net.Cnm.Errors.CnmException">InvalidParameter: the message names every such option and what is allowed.</exception>
    public static void Check(BridgeNetwork network)
    {
        var broadcasts = new HashSet<IPAddress>(network.Host.BroadcastAddresses);
        if (network.IPv4 is { Subnet.PrefixLength: <= 30 } pool)
        {
            broadcasts.Add(Subnets.Last(pool.Subnet));
        }

        OptionProblem[] problems =
        [
            .. Problems(network, BridgeOptionRules.HostBindingKey, network.Options.HostBinding, broadcasts),
            .. Problems(network, BridgeOptionRules.SourceIPv4Key, network.Options.SourceIPv4, broadcasts),
        ];
        if (problems.Length > 0)
        {
            throw OptionErrors.Invalid(network.Network.Name, network.Network.Driver, problems);
        }
    }

    private static IEnumerable<OptionProblem> Problems(
        BridgeNetwork network, string key, IPAddress? address, IReadOnlySet<IPAddress> broadcasts) =>
        address is not null && SharedAddress.WhyNotOwn(address, broadcasts) is { } why
            ? [new OptionProblem(key, network.Network.Options[key], why, BridgeOptionRules.AllowedOf(key))]
            : [];
}
