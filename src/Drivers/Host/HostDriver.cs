using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Host;

/// <summary>The network of the host itself: a sandbox on it uses the daemon's namespace, so there is nothing to make. Predefined
/// only.</summary>
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
