namespace Net.Api.Networks;

/// <summary>A connected container as <c>network inspect</c> shows it.</summary>
public sealed record NetworkContainer
{
    /// <summary>The container's name, without a slash.</summary>
    public required string Name { get; init; }

    /// <summary>The endpoint's id, 64 hex digits.</summary>
    public required string EndpointID { get; init; }

    /// <summary>The endpoint's MAC address, e.g. <c>02:42:ac:12:00:02</c>; empty when it has none.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>The address with its prefix length, e.g. <c>172.18.0.2/16</c>; empty when it has none.</summary>
    public string IPv4Address { get; init; } = "";

    /// <summary>The IPv6 address with its prefix length; empty when it has none.</summary>
    public string IPv6Address { get; init; } = "";
}
