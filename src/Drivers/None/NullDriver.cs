using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.None;

/// <summary>The driver of the network <c>none</c>: a sandbox on it has a namespace with a loopback link, which is not created by a network.
/// The network is predefined; users cannot create another.</summary>
public sealed class NullDriver : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "null";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities { get; } = new(NeedsAddresses: false, CanPublish: false, UserCreatable: false);

    /// <inheritdoc/>
    public IDriverNetwork Open(Network network, HostFacts facts)
    {
        OptionErrors.RequireNone(network.Name, Name, network.Options);
        return new EmptyNetwork();
    }
}
