namespace Net.Api.Executions;

/// <summary>The answer to <c>POST /containers/{id}/exec</c>, status 201. The command does not run until it is started.</summary>
public sealed record ExecCreateResponse
{
    /// <summary>The id for <c>POST /exec/{id}/start</c>.</summary>
    public required string Id { get; init; }
}
