namespace Net.Api.Containers;

/// <summary>The body of <c>POST /containers/{id}/update</c>.</summary>
public sealed record ContainerUpdateRequest
{
    /// <summary>When the command is started again by itself.</summary>
    public RestartPolicy? RestartPolicy { get; init; }
}
