namespace Net.Cnm.Plugins;

/// <summary>For which address families a network of a plug-in gets no gateway address unless the user gives one.</summary>
/// <param name="IPv4">Whether its IPv4 subnets get none.</param>
/// <param name="IPv6">Whether its IPv6 subnets get none.</param>
public sealed record GatewaySkips(bool IPv4, bool IPv6)
{
    /// <summary>Each subnet gets a gateway address.</summary>
    public static GatewaySkips None { get; } = new(false, false);

    /// <summary>Whether subnets of a family get none.</summary>
    public bool Of(bool ipv6) => ipv6 ? IPv6 : IPv4;
}
