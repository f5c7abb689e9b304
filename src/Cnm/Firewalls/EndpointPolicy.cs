using System.Net;
using Net.Cnm.Addresses;

namespace Net.Cnm.Firewalls;

/// <summary>What may come out of one endpoint's link into its bridge: its own addresses only, no router advertisements, and nothing to its
/// neighbours without ICC.</summary>
/// <remarks>Enforced inside the bridge, by <c>table bridge netctl</c>, with either backend.</remarks>
public sealed record EndpointPolicy : FirewallPolicy
{
    /// <summary>The bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>The host end of its link, a port of the bridge.</summary>
    public required string HostLink { get; init; }

    /// <summary>The Ethernet address of the container's end.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>Its IPv4 address, or null.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>Its IPv6 address, or null. Its link-local address follows from the Ethernet address (RFC 4291 appendix A).</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>Whether it can speak with these addresses only, ARP and neighbour discovery included. Router advertisements and redirects
    /// never pass.</summary>
    public bool AntiSpoof { get; init; } = true;

    /// <summary>Whether it and its neighbours on the bridge may talk to each other.</summary>
    public bool InterContainer { get; init; } = true;

    /// <inheritdoc/>
    public override string Key => $"firewall-endpoint:{HostLink}";
}
