using Net.Cnm.Identifiers;
using Net.Cnm.Networks;

namespace Net.Controller.Requests;

/// <summary>A network that another program, such as Docker Engine, wants to have made.</summary>
public sealed record ForeignNetworkRequest
{
    /// <summary>The id that the other program gave to the network.</summary>
    public required NetworkId Id { get; init; }

    /// <summary>The driver's name.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Whether its containers cannot reach anything outside it.</summary>
    public bool Internal { get; init; }

    /// <summary>The subnets with their gateways, as the other program's IPAM has chosen them.</summary>
    public required IReadOnlyList<SubnetRequest> Subnets { get; init; }

    /// <summary>Options for the driver.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>What the other program has decided about it.</summary>
    public ForeignNetwork Decisions { get; init; } = new();
}
