using Net.Cnm.Addresses;

namespace Net.Cnm.Findings;

/// <summary>An entry of a bridge's forwarding table.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Port">The port that frames for the address leave by.</param>
/// <param name="MacAddress">The Ethernet address.</param>
/// <param name="IsPortItself">Whether it is the port's own address, so that the host takes frames for it.</param>
public sealed record SurveyedStation(string Bridge, string Port, MacAddress MacAddress, bool IsPortItself);
