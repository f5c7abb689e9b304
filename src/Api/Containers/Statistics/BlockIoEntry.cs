using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>Bytes that went one way between a container and disks.</summary>
public sealed record BlockIoEntry
{
    /// <summary><c>read</c> or <c>write</c>.</summary>
    [JsonPropertyName("op")]
    public string Operation { get; init; } = "";

    /// <summary>How many.</summary>
    [JsonPropertyName("value")]
    public ulong Bytes { get; init; }
}
