namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /netctl/containers/create</c>, status 201.</summary>
public sealed record ContainerCreateResponse
{
    /// <summary>The new container's id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Parts of the request that had no effect, each a sentence; null or empty for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
