using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;

namespace Net.Cnm.Findings;

/// <summary>A permanent entry of a neighbour table.</summary>
/// <param name="Namespace">The network namespace.</param>
/// <param name="Link">The name of the link that the neighbour is on.</param>
/// <param name="Address">Its IP address.</param>
/// <param name="MacAddress">The Ethernet address that packets for it are sent to.</param>
public sealed record SurveyedNeighbour(NamespaceRef Namespace, string Link, IPAddress Address, MacAddress MacAddress);
