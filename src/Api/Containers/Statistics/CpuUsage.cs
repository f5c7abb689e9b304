using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>Processor time, in nanoseconds.</summary>
public sealed record CpuUsage
{
    /// <summary>All of it.</summary>
    [JsonPropertyName("total_usage")]
    public ulong Total { get; init; }

    /// <summary>The part in kernel mode.</summary>
    [JsonPropertyName("usage_in_kernelmode")]
    public ulong Kernel { get; init; }

    /// <summary>The part in user mode.</summary>
    [JsonPropertyName("usage_in_usermode")]
    public ulong User { get; init; }
}
