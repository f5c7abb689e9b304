namespace Net.Api.Networks;

/// <summary>The body of <c>POST /networks/{id}/connect</c>.</summary>
public sealed record NetworkConnectRequest
{
    /// <summary>Name or id of the container.</summary>
    public string? Container { get; init; }

    /// <summary>The requested settings of the endpoint; null to have everything chosen.</summary>
    public EndpointConfig? EndpointConfig { get; init; }
}
