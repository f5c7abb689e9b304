namespace Net.Api.Networks;

/// <summary>The body of <c>POST /networks/{id}/disconnect</c>.</summary>
public sealed record NetworkDisconnectRequest
{
    /// <summary>Name or id of the container.</summary>
    public string? Container { get; init; }

    /// <summary>Docker's flag for a container in a bad state. It changes nothing: a container is disconnected in any state.</summary>
    public bool Force { get; init; }
}
