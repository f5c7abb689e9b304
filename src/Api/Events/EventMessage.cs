using System.Text.Json.Serialization;

namespace Net.Api.Events;

/// <summary>Something that has happened, as Docker's <c>GET /events</c> tells it.</summary>
public sealed record EventMessage
{
    /// <summary>The action, of a container only: Docker keeps it for old clients.</summary>
    [JsonPropertyName("status")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>The id, of a container only.</summary>
    [JsonPropertyName("id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>The image, which no container has here: Docker's field for old clients, which templates may name.</summary>
    [JsonPropertyName("from")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    /// <summary>container, network or daemon.</summary>
    public string Type { get; init; } = "";

    /// <summary>The action, such as create.</summary>
    public string Action { get; init; } = "";

    /// <summary>What it has happened to.</summary>
    public EventActor Actor { get; init; } = new();

    /// <summary>local.</summary>
    [JsonPropertyName("scope")]
    public string Scope { get; init; } = "local";

    /// <summary>When, in seconds since 1970.</summary>
    [JsonPropertyName("time")]
    public long Time { get; init; }

    /// <summary>When, in nanoseconds since 1970.</summary>
    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}
