namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /netctl/containers/{id}/wait</c>, sent when the command has exited.</summary>
public sealed record WaitResponse
{
    /// <summary>The command's exit code, 0 to 255.</summary>
    public int StatusCode { get; init; }
}
