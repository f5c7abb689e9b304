using System.Net;

namespace Net.Controller.Requests;

/// <summary>A subnet that another program, such as Docker Engine, wants to reserve.</summary>
/// <param name="IPv6">Whether an IPv6 subnet is wanted.</param>
/// <param name="Subnet">The subnet; null to have one chosen.</param>
/// <param name="Range">The part of it from which addresses are assigned; null for all of it.</param>
public sealed record ForeignPoolRequest(bool IPv6, IPNetwork? Subnet, IPNetwork? Range);
