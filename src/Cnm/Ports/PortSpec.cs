using System.Net;
using System.Net.Sockets;

namespace Net.Cnm.Ports;

/// <summary>One port to publish, or a run of consecutive ports, as the user asks for it with <c>-p [IP:][HOST:]CONTAINER[/PROTOCOL]</c>,
/// before host addresses and ports are chosen.</summary>
public sealed record PortSpec
{
    /// <summary>The host address to publish on; null for the default of the network, which is usually all addresses of both
    /// families.</summary>
    public IPAddress? HostAddress { get; init; }

    /// <summary>The first host port, 1 to 65535; null for an automatic choice.</summary>
    public ushort? HostPort { get; init; }

    /// <summary>The last port of a range of host ports, from <see cref="HostPort"/> on, of which any one may be chosen; <see cref="Count"/>
    /// is 1 then. Null when exactly the host ports from <see cref="HostPort"/> on are wanted.</summary>
    public ushort? LastHostPort { get; init; }

    /// <summary>The first port of the container, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>The number of consecutive ports, equal for host and container. Default 1; the last port is at most 65535.</summary>
    public ushort Count { get; init; } = 1;

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>The container ports in the form that messages show: <c>80/tcp</c>, <c>80-90/udp</c>.</summary>
    internal string ContainerPorts => $"{PortRunText.Of(ContainerPort, ContainerPort + Count - 1)}/{Protocol.ToWord()}";

    /// <summary>The text from which <see cref="PortSpecParser.Parse"/> makes an equal specification, such as
    /// <c>[::1]:8000-8010:80-90/udp</c>.</summary>
    public override string ToString()
    {
        string address = HostAddress is null ? ""
            : HostAddress.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{HostAddress}]:" : $"{HostAddress}:";
        string host = HostPort is { } port ? $"{PortRunText.Of(port, LastHostPort ?? port + Count - 1)}:" : address.Length > 0 ? ":" : "";
        return $"{address}{host}{ContainerPorts}";
    }
}
