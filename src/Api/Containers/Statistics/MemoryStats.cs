using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>The memory of a container, in bytes.</summary>
public sealed record MemoryStats
{
    /// <summary>What is used.</summary>
    [JsonPropertyName("usage")]
    public ulong Usage { get; init; }

    /// <summary>What may be used: all that the host has.</summary>
    [JsonPropertyName("limit")]
    public ulong Limit { get; init; }
}
