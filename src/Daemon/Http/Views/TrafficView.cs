using Net.Api.Networks;
using Net.Api.Texts;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Controller.Requests;

namespace Net.Daemon.Http.Views;

/// <summary>Turns the traffic of published ports into the documents of <c>network inspect --verbose</c>.</summary>
internal static class TrafficView
{
    public static IReadOnlyList<NetworkPublishedPort> Of(IEnumerable<SandboxTraffic> traffic) => [.. traffic.Select(Of)];

    private static NetworkPublishedPort Of(SandboxTraffic counted)
    {
        PublishedPort port = counted.Traffic.Port;
        return new NetworkPublishedPort
        {
            Container = counted.Sandbox.Name,
            HostIp = port.HostAddress.ToString(),
            HostPort = PortText.Run(port.HostPort, port.Count),
            ContainerPort = PortText.Run(port.ContainerPort, port.Count),
            Protocol = port.Protocol.ToWord(),
            Packets = counted.Traffic.Packets,
            Bytes = counted.Traffic.Bytes,
        };
    }
}
