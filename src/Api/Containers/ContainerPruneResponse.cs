namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /containers/prune</c>.</summary>
public sealed record ContainerPruneResponse
{
    /// <summary>The ids of the containers that were removed; null for none, as in Docker.</summary>
    public IReadOnlyList<string>? ContainersDeleted { get; init; }

    /// <summary>Docker's number of bytes that are free again; 0, since containers here have no file system of their own.</summary>
    public long SpaceReclaimed { get; init; }
}
