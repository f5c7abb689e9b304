using System.Net;
using System.Net.Sockets;

namespace Net.Cnm.Ports;

/// <summary>One port, or a run of consecutive ones, as asked for with <c>-p [IP:][HOST:]CONTAINER[/PROTOCOL]</c>, before anything is
/// chosen.</summary>
public sealed record PortSpec
{
    /// <summary>The host address to publish on, or null for the network's default: all addresses of both families.</summary>
    public IPAddress? HostAddress { get; init; }

    /// <summary>The first host port, 1 to 65535, or null to have one picked.</summary>
    public ushort? HostPort { get; init; }

    /// <summary>
    /// Not null for a range of host ports that any one may be picked from, <see cref="HostPort"/> to this one: then <see cref="Count"/> is
    /// 1. Null for exactly the host ports from <see cref="HostPort"/> on.
    /// </summary>
    public ushort? LastHostPort { get; init; }

    /// <summary>The first port of the container, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>How many consecutive ports, host and container alike. Default 1; the last is at most 65535.</summary>
    public ushort Count { get; init; } = 1;

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>The container's ports for a message: <c>80/tcp</c>, <c>80-90/udp</c>.</summary>
    internal string ContainerPorts => $"{PortRunText.Of(ContainerPort, ContainerPort + Count - 1)}/{Protocol.ToWord()}";

    /// <summary>The text that <see cref="PortSpecParser.Parse"/> reads as this, such as <c>[::1]:8000-8010:80-90/udp</c>.</summary>
    public override string ToString()
    {
        string address = HostAddress is null ? ""
            : HostAddress.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{HostAddress}]:" : $"{HostAddress}:";
        string host = HostPort is { } port ? $"{PortRunText.Of(port, LastHostPort ?? port + Count - 1)}:" : address.Length > 0 ? ":" : "";
        return $"{address}{host}{ContainerPorts}";
    }
}
