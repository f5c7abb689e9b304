namespace Net.Api.Networks;

/// <summary>Names the network that another takes its configuration from (Docker's <c>ConfigFrom</c>).</summary>
public sealed record NetworkConfigReference
{
    /// <summary>The network's name; empty or null for none.</summary>
    public string? Network { get; init; } = "";
}
