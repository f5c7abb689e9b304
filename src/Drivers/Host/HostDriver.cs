using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Host;

/// <summary>The driver of the network <c>host</c>: a sandbox on it uses the daemon's own namespace, so there is nothing to create. The
/// network is predefined; users cannot create another.</summary>
public sealed class HostDriver : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "host";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities { get; } = new(NeedsAddresses: false, CanPublish: false, UserCreatable: false);

    /// <inheritdoc/>
    public IDriverNetwork Open(Network network, HostFacts facts)
    {
        OptionErrors.RequireNone(network.Name, Name, network.Options);
        return new EmptyNetwork();
    }
}
