namespace Net.Api.Containers;

/// <summary>The processes of a container: the answer to <c>GET /containers/{id}/top</c>.</summary>
public sealed record ContainerTop
{
    /// <summary>The headings of the columns.</summary>
    public IReadOnlyList<string>? Titles { get; init; }

    /// <summary>The processes, each with a cell for every column.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Processes { get; init; }
}
