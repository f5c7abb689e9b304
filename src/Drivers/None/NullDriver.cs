using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.None;

/// <summary>The network <c>none</c>: a sandbox on it has its namespace and a loopback, which are not a network's to make. Predefined
/// only.</summary>
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
