namespace Net.Cnm.Drivers;

/// <summary>The capabilities of a driver, which apply to all its networks.</summary>
/// <param name="NeedsAddresses">Whether networks of the driver have subnets and their endpoints have addresses.</param>
/// <param name="CanPublish">Whether ports of endpoints on such networks can be published.</param>
/// <param name="UserCreatable">Whether users may create networks of this driver.</param>
public sealed record DriverCapabilities(bool NeedsAddresses, bool CanPublish, bool UserCreatable)
{
    /// <summary>Whether a network may have several subnets of one address family. Default false.</summary>
    public bool SeveralSubnets { get; init; }
}
