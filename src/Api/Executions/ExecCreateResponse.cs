namespace Net.Api.Executions;

/// <summary>The answer to <c>POST /netctl/containers/{id}/exec</c>, status 201. Nothing runs until it is started.</summary>
public sealed record ExecCreateResponse
{
    /// <summary>What to start: the id for <c>POST /netctl/exec/{id}/start</c>.</summary>
    public required string Id { get; init; }
}
