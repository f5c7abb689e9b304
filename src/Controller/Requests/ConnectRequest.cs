namespace Net.Controller.Requests;

/// <summary>A container that is to join one more network.</summary>
public sealed record ConnectRequest
{
    /// <summary>The container: id, name or unique id prefix.</summary>
    public required string Sandbox { get; init; }

    /// <summary>The network and what is wanted on it.</summary>
    public required EndpointRequest Endpoint { get; init; }
}
