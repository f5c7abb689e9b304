using System.Net;

namespace Net.Cnm.Firewalls;

/// <summary>A further address of a container on a link with anti-spoofing, such as a link-local one that was asked for. The container sends
/// from it, and claims it by ARP or neighbour discovery, as the addresses of its <see cref="EndpointPolicy"/>.</summary>
public sealed record AddressPolicy : FirewallPolicy
{
    /// <summary>The interface name of the host end of the endpoint's link, as in its <see cref="EndpointPolicy"/>.</summary>
    public required string HostLink { get; init; }

    /// <summary>The address. It is none of those that the link's <see cref="EndpointPolicy"/> allows.</summary>
    public required IPAddress Address { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-address:{HostLink}:{Address}";
}
