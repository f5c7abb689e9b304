using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /containers/{id}/wait</c>. Its header is sent at once, so that a client knows from when on nothing
/// is missed, and the document when what is waited for has happened.</summary>
public sealed record WaitResponse
{
    /// <summary>The command's exit code, 0 to 255; -1 with an error.</summary>
    public int StatusCode { get; init; }

    /// <summary>Why it cannot be waited for any longer; null when it was not in vain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WaitError? Error { get; init; }
}
