using System.Text.Json.Serialization;

namespace Net.Api.Daemons;

/// <summary>The body of every answer with a status of 400 or more.</summary>
public sealed record ErrorResponse
{
    /// <summary>One sentence with object, cause and remedy, fit to be shown.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>The exit code <c>run</c> and <c>exec</c> end with: 126 (cannot be run) or 127 (not found); null for their own.</summary>
    [JsonPropertyName("exitCode")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }
}
