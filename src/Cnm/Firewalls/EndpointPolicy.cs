using System.Net;
using Net.Cnm.Addresses;

namespace Net.Cnm.Firewalls;

/// <summary>The filter for what one endpoint sends through its link into its bridge: only packets from its own addresses, no router
/// advertisements, and nothing to other endpoints when inter-container communication is off.</summary>
/// <remarks>The filter is part of <c>table bridge netctl</c>, with either firewall backend.</remarks>
public sealed record EndpointPolicy : FirewallPolicy
{
    /// <summary>The interface name of the bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>The interface name of the host end of the endpoint's link, which is a port of the bridge.</summary>
    public required string HostLink { get; init; }

    /// <summary>The Ethernet address of the link's end in the container.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The endpoint's IPv4 address; null when it has none.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>The endpoint's IPv6 address; null when it has none. Its link-local address follows from the Ethernet address (RFC 4291
    /// appendix A).</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>Whether frames with any other source address are dropped, in ARP and neighbour discovery too. Router advertisements and
    /// redirects are always dropped. Default true.</summary>
    public bool AntiSpoof { get; init; } = true;

    /// <summary>Whether the endpoint and its neighbours on the bridge may exchange packets. Default true.</summary>
    public bool InterContainer { get; init; } = true;

    /// <inheritdoc/>
    public override string Key => $"firewall-endpoint:{HostLink}";
}
