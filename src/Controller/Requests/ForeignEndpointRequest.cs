using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;

namespace Net.Controller.Requests;

/// <summary>An endpoint that another program, such as Docker Engine, wants to have on a network of its own.</summary>
public sealed record ForeignEndpointRequest
{
    /// <summary>The network.</summary>
    public required NetworkId Network { get; init; }

    /// <summary>The id that the other program gave to the endpoint.</summary>
    public required EndpointId Id { get; init; }

    /// <summary>The IPv4 address that the other program has assigned; null for none.</summary>
    public InterfaceAddress? IPv4 { get; init; }

    /// <summary>The IPv6 address that the other program has assigned; null for none.</summary>
    public InterfaceAddress? IPv6 { get; init; }

    /// <summary>The Ethernet address; null to have one chosen.</summary>
    public MacAddress? MacAddress { get; init; }
}
