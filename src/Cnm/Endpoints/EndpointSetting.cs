namespace Net.Cnm.Endpoints;

/// <summary>A requested kernel setting of an endpoint's interface.</summary>
/// <param name="Family">The directory below /proc/sys/net: <c>ipv4</c>, <c>ipv6</c> or <c>mpls</c>.</param>
/// <param name="Group">The directory below that, such as <c>conf</c> or <c>neigh</c>; it has one directory an interface.</param>
/// <param name="Name">The name of the setting, such as <c>log_martians</c>.</param>
/// <param name="Value">The value as text.</param>
public sealed record EndpointSetting(string Family, string Group, string Name, string Value)
{
    /// <summary>The path of the setting below /proc/sys for an interface.</summary>
    public string PathFor(string interfaceName) => $"net/{Family}/{Group}/{interfaceName}/{Name}";
}
