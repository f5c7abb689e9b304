using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>What a container uses: a document of <c>GET /containers/{id}/stats</c>.</summary>
public sealed record ContainerStats
{
    /// <summary>The container's id.</summary>
    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    /// <summary>Its name with a slash in front.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>When this was measured; the time that stands for none when the container does not run.</summary>
    [JsonPropertyName("read")]
    public DateTimeOffset Read { get; init; }

    /// <summary>When it was measured before.</summary>
    [JsonPropertyName("preread")]
    public DateTimeOffset PreRead { get; init; }

    /// <summary>0: a number of Windows.</summary>
    [JsonPropertyName("num_procs")]
    public uint NumProcs { get; init; }

    /// <summary>How many threads it has.</summary>
    [JsonPropertyName("pids_stats")]
    public PidsStats? Pids { get; init; }

    /// <summary>Processor time up to now.</summary>
    [JsonPropertyName("cpu_stats")]
    public CpuStats? Cpu { get; init; }

    /// <summary>Processor time up to the measurement before; zeros when there was none.</summary>
    [JsonPropertyName("precpu_stats")]
    public CpuStats? PreCpu { get; init; }

    /// <summary>Memory.</summary>
    [JsonPropertyName("memory_stats")]
    public MemoryStats? Memory { get; init; }

    /// <summary>What it has read from and written to disks.</summary>
    [JsonPropertyName("blkio_stats")]
    public BlockIoStats? BlockIo { get; init; }

    /// <summary>The counters of the links in its network namespace but for lo, by name; null where it uses the host's.</summary>
    [JsonPropertyName("networks")]
    public IReadOnlyDictionary<string, NetworkStats>? Networks { get; init; }
}
