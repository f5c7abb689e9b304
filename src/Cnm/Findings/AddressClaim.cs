using System.Net;
using Net.Cnm.Addresses;

namespace Net.Cnm.Findings;

/// <summary>An answer to the question who on a bridge has an address (ARP).</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Address">The address that was asked for.</param>
/// <param name="MacAddress">The Ethernet address of who answered.</param>
public sealed record AddressClaim(string Bridge, IPAddress Address, MacAddress MacAddress);
