namespace Net.Api.Daemons;

/// <summary>The answer, status 200, to a request with <c>dryRun=1</c>: nothing was changed.</summary>
public sealed record DryRunResponse
{
    /// <summary>Shell commands and comments, in the order in which a person would type them.</summary>
    public required IReadOnlyList<string> Commands { get; init; }
}
