using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Cnm.Plugins;

/// <summary>A sandbox's ports as a plug-in is told of them.</summary>
/// <param name="Published">The ports to publish.</param>
/// <param name="Exposed">The ports that the sandbox serves.</param>
public sealed record PluginPorts(IReadOnlyList<PluginPort> Published, IReadOnlyList<ExposedPort> Exposed)
{
    /// <summary>No ports.</summary>
    public static PluginPorts None { get; } = new([], []);

    /// <summary>The ports of a sandbox. Where host ports have been chosen, these are told; else what was asked for.</summary>
    public static PluginPorts Of(Sandbox sandbox)
    {
        IEnumerable<PluginPort> published = sandbox.Ports.Count > 0
            ? sandbox.Ports.SelectMany(PluginPort.Of)
            : sandbox.PortSpecs.SelectMany(PluginPort.Of);
        IEnumerable<ExposedPort> exposed = sandbox.ExposedPorts.SelectMany(run => Enumerable.Range(run.Port, run.Count)
            .Select(port => new ExposedPort((ushort)port, run.Protocol)));
        PluginPort[] ports = [.. published.Distinct()]; // one of each family where both are published on all addresses
        return new PluginPorts(
            ports, [.. exposed.Concat(ports.Select(port => new ExposedPort(port.Port, port.Protocol))).Distinct()]);
    }
}
