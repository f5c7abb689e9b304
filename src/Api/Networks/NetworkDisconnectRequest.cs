namespace Net.Api.Networks;

/// <summary>The body of <c>POST /networks/{id}/disconnect</c>.</summary>
public sealed record NetworkDisconnectRequest
{
    /// <summary>Name or id of the container.</summary>
    public string? Container { get; init; }

    /// <summary>Whether it is no error when the container is not on the network.</summary>
    public bool Force { get; init; }
}
