namespace Net.Api.Networks;

/// <summary>The body of <c>POST /networks/{id}/connect</c>.</summary>
public sealed record NetworkConnectRequest
{
    /// <summary>Name or id of the container.</summary>
    public string? Container { get; init; }

    /// <summary>What the new endpoint should be like; null lets all be chosen.</summary>
    public EndpointConfig? EndpointConfig { get; init; }
}
