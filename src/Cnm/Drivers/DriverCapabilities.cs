namespace Net.Cnm.Drivers;

/// <summary>What a driver's networks can do.</summary>
/// <param name="NeedsAddresses">Whether its networks have subnets and its endpoints addresses.</param>
/// <param name="CanPublish">Whether ports of its endpoints can be published.</param>
/// <param name="UserCreatable">Whether users may create networks with it.</param>
public sealed record DriverCapabilities(bool NeedsAddresses, bool CanPublish, bool UserCreatable);
