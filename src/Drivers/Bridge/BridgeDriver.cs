using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>The driver of networks on one host, each a Linux bridge with the gateway's address, and a veth pair for each
/// endpoint.</summary>
/// <param name="turnsForwardingOn">Whether the host's IP forwarding is turned on for its networks where it is off.</param>
public sealed class BridgeDriver(bool turnsForwardingOn = true) : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "bridge";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities { get; } = new(NeedsAddresses: true, CanPublish: true, UserCreatable: true);

    /// <inheritdoc cref="INetworkDriver.Open"/>
    /// <remarks>Also throws Unavailable when the network has IPv6 and the kernel has not. The network's pools may still be empty: then only
    /// the options are parsed.</remarks>
    public IDriverNetwork Open(Network network, HostFacts facts)
    {
        if (!BridgeOptions.TryParse(network, out BridgeOptions? options, out IReadOnlyList<OptionProblem> problems))
        {
            throw OptionErrors.Invalid(network.Name, Name, problems);
        }

        if (network.EnableIPv6 && !facts.IPv6Available)
        {
            throw BridgeErrors.NoIPv6(network);
        }

        if (network.Pools.Count(p => !p.IsIPv6) > 1)
        {
            throw BridgeErrors.TooManySubnets(network, "IPv4");
        }

        return network.Pools.Count(p => p.IsIPv6) > 1
            ? throw BridgeErrors.TooManySubnets(network, "IPv6")
            : new BridgeNetwork(network, options, facts) { TurnsForwardingOn = turnsForwardingOn };
    }
}
