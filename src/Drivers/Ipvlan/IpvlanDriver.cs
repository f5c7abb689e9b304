using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Parents;

namespace Net.Drivers.Ipvlan;

/// <summary>The driver of networks whose containers are on a link of the host themselves and share its Ethernet address.</summary>
public sealed class IpvlanDriver : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "ipvlan";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities => SharedLinkOptions.Capabilities;

    /// <inheritdoc/>
    public IDriverNetwork Open(Network network, HostFacts facts) =>
        new IpvlanNetwork(network, SharedLinkOptions.Read(this, IpvlanOptions.Rules, network, facts), facts);
}
