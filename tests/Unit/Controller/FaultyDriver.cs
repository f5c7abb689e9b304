using Net.Cnm.Drivers;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Bridge;

namespace Net.Tests.Unit.Controller;

/// <summary>The bridge driver, but it fails for the networks it is told.</summary>
internal sealed class FaultyDriver : INetworkDriver
{
    private readonly BridgeDriver _bridge = new();

    public Func<Network, Exception?> Fault { get; set; } = _ => null;

    public string Name => _bridge.Name;

    public DriverCapabilities Capabilities => _bridge.Capabilities;

    public IDriverNetwork Open(Network network, HostFacts facts) =>
        Fault(network) is { } error ? throw error : _bridge.Open(network, facts);
}
