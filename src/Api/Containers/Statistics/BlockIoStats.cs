using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>What a container has read from and written to disks.</summary>
public sealed record BlockIoStats
{
    /// <summary>Bytes by direction.</summary>
    [JsonPropertyName("io_service_bytes_recursive")]
    public IReadOnlyList<BlockIoEntry>? Bytes { get; init; }
}
