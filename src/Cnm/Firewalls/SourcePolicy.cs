using System.Net;

namespace Net.Cnm.Firewalls;

/// <summary>An exception from anti-spoofing: an address that a container has on another of its networks, from which it may send through
/// this link too. A container that was asked at that address answers by its default route, whichever network that leads
/// through.</summary>
/// <remarks>Only packets have such a source; the container claims the address neither by ARP nor by neighbour discovery here.</remarks>
public sealed record SourcePolicy : FirewallPolicy
{
    /// <summary>The interface name of the host end of the endpoint's link, as in its <see cref="EndpointPolicy"/>.</summary>
    public required string HostLink { get; init; }

    /// <summary>The address on another network.</summary>
    public required IPAddress Address { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-source:{HostLink}:{Address}";
}
