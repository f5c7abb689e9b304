using System.Text.Json.Serialization;

namespace Net.Api.Daemons;

/// <summary>The body of every answer with a status of 400 or more.</summary>
public sealed record ErrorResponse
{
    /// <summary>One sentence for the user that names object, cause and remedy.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>The exit code of <c>run</c> and <c>exec</c>: 126 when a command cannot be executed, 127 when it is not found; null for the
    /// client's own.</summary>
    [JsonPropertyName("exitCode")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }
}
