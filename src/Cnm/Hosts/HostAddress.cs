using Net.Cnm.Addresses;

namespace Net.Cnm.Hosts;

/// <summary>An address that the host has on a link of another program, and that this program did not give it. IPv6 link-local ones are left
/// out.</summary>
/// <param name="Link">The interface name.</param>
/// <param name="Address">The address with the prefix length of its subnet.</param>
public sealed record HostAddress(string Link, InterfaceAddress Address);
