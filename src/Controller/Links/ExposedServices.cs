using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Links;

/// <summary>The ports of a sandbox that those who link to it may use.</summary>
internal static class ExposedServices
{
    /// <summary>The ports that the sandbox serves, published ones included, each once: TCP first, then the other protocols by name, each by
    /// number. The order is Docker's.</summary>
    public static IReadOnlyList<(PortProtocol Protocol, ushort Port)> Of(Sandbox sandbox) =>
    [
        .. sandbox.ExposedPorts.Select(port => (port.Protocol, port.Port, port.Count))
            .Concat(sandbox.PortSpecs.Select(spec => (spec.Protocol, Port: spec.ContainerPort, spec.Count)))
            .SelectMany(run => Enumerable.Range(run.Port, run.Count), (run, port) => (run.Protocol, (ushort)port))
            .Distinct()
            .OrderBy(service => service.Protocol != PortProtocol.Tcp)
            .ThenBy(service => service.Protocol.ToWord(), StringComparer.Ordinal)
            .ThenBy(service => service.Item2),
    ];
}
