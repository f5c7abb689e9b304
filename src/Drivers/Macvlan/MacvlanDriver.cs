using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Parents;

namespace Net.Drivers.Macvlan;

/// <summary>The driver of networks whose containers are on a link of the host themselves, each with an Ethernet address of its
/// own.</summary>
public sealed class MacvlanDriver : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "macvlan";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities => SharedLinkOptions.Capabilities;

    /// <inheritdoc/>
    public IDriverNetwork Open(Network network, HostFacts facts) =>
        new MacvlanNetwork(network, SharedLinkOptions.Read(this, MacvlanOptions.Rules, network, facts), facts);
}
