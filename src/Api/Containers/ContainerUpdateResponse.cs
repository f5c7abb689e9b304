namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /containers/{id}/update</c>.</summary>
public sealed record ContainerUpdateResponse
{
    /// <summary>Warnings; null for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
