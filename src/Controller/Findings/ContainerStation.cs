using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;

namespace Net.Controller.Findings;

/// <summary>An address of a running container on a bridge.</summary>
/// <param name="Container">The container by name, for findings: <c>container web</c>.</param>
/// <param name="Bridge">The bridge.</param>
/// <param name="HostLink">The port of the bridge that leads to it.</param>
/// <param name="Address">Its IP address.</param>
/// <param name="MacAddress">Its Ethernet address.</param>
internal sealed record ContainerStation(string Container, string Bridge, string HostLink, IPAddress Address, MacAddress MacAddress)
{
    /// <summary>The pair of links that leads to it; null for one of another kind.</summary>
    public VethPair? Pair { get; init; }
}
