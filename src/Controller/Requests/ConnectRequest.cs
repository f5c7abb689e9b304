namespace Net.Controller.Requests;

/// <summary>A request to connect a container to one more network.</summary>
public sealed record ConnectRequest
{
    /// <summary>The container: id, name or unique id prefix.</summary>
    public required string Sandbox { get; init; }

    /// <summary>The network, and what is requested for the endpoint.</summary>
    public required EndpointRequest Endpoint { get; init; }
}
