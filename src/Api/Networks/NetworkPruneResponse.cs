namespace Net.Api.Networks;

/// <summary>The answer to <c>POST /networks/prune</c>.</summary>
public sealed record NetworkPruneResponse
{
    /// <summary>The names of the networks that were removed; null for none, as in Docker.</summary>
    public IReadOnlyList<string>? NetworksDeleted { get; init; }
}
