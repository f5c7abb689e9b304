using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>The processor time of a container and of the host.</summary>
public sealed record CpuStats
{
    /// <summary>That of the container.</summary>
    [JsonPropertyName("cpu_usage")]
    public CpuUsage? Usage { get; init; }

    /// <summary>That of all processors of the host, idle ones included, in nanoseconds.</summary>
    [JsonPropertyName("system_cpu_usage")]
    public ulong System { get; init; }

    /// <summary>How many processors the host has.</summary>
    [JsonPropertyName("online_cpus")]
    public int Processors { get; init; }
}
