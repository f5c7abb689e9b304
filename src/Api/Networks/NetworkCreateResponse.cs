namespace Net.Api.Networks;

/// <summary>The answer to <c>POST /networks/create</c>, status 201.</summary>
public sealed record NetworkCreateResponse
{
    /// <summary>The new network's id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>A warning for the user, one sentence; empty for none.</summary>
    public string Warning { get; init; } = "";
}
