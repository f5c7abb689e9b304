using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Plugins;

/// <summary>One port that a plug-in is to publish.</summary>
/// <param name="Protocol">The transport protocol.</param>
/// <param name="Port">The port of the container.</param>
/// <param name="HostAddress">The host address; null for all of them.</param>
/// <param name="HostPort">The host port, or the first of a range of which one is to be chosen; 0 for any.</param>
/// <param name="LastHostPort">The last host port of the range; 0 for any.</param>
public sealed record PluginPort(PortProtocol Protocol, ushort Port, IPAddress? HostAddress, ushort HostPort, ushort LastHostPort)
{
    /// <summary>Each port of a run whose host ports have been chosen.</summary>
    public static IEnumerable<PluginPort> Of(PortMapping run) => Enumerable.Range(0, run.Count).Select(number => new PluginPort(
        run.Protocol,
        (ushort)(run.ContainerPort + number),
        run.HostAddress.Equals(IPAddress.Any) || run.HostAddress.Equals(IPAddress.IPv6Any) ? null : run.HostAddress,
        (ushort)(run.HostPort + number),
        (ushort)(run.HostPort + number)));

    /// <summary>Each port of a run as it was asked for.</summary>
    public static IEnumerable<PluginPort> Of(PortSpec run) => Enumerable.Range(0, run.Count).Select(number => new PluginPort(
        run.Protocol,
        (ushort)(run.ContainerPort + number),
        run.HostAddress,
        (ushort)((run.HostPort + number) ?? 0),
        (ushort)(run.LastHostPort ?? run.HostPort + number ?? 0)));
}
