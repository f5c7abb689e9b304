namespace Net.Api.Networks;

/// <summary>The body of <c>POST /networks/{id}/disconnect</c>.</summary>
public sealed record NetworkDisconnectRequest
{
    /// <summary>Name or id of the container.</summary>
    public string? Container { get; init; }

    /// <summary>Whether to go on when the container is in a bad state.</summary>
    public bool Force { get; init; }
}
