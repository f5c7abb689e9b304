using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Plugins.Networks;

/// <summary>The driver of networks whose links a plug-in makes: what such networks have in the kernel, from what is stored of
/// them.</summary>
/// <param name="name">The name of the plug-in.</param>
internal sealed class RemoteDriver(string name) : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public DriverCapabilities Capabilities { get; } =
        new(NeedsAddresses: true, CanPublish: true, UserCreatable: true) { SeveralSubnets = true };

    /// <inheritdoc/>
    /// <remarks>The options are the plug-in's to judge.</remarks>
    public IDriverNetwork Open(Network network, HostFacts facts) => new RemoteNetwork(name);
}
