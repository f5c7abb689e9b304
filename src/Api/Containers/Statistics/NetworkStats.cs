using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>The counters of one link.</summary>
public sealed record NetworkStats
{
    /// <summary>Received bytes.</summary>
    [JsonPropertyName("rx_bytes")]
    public ulong ReceivedBytes { get; init; }

    /// <summary>Received packets.</summary>
    [JsonPropertyName("rx_packets")]
    public ulong ReceivedPackets { get; init; }

    /// <summary>Received packets with errors.</summary>
    [JsonPropertyName("rx_errors")]
    public ulong ReceivedErrors { get; init; }

    /// <summary>Received packets that were dropped.</summary>
    [JsonPropertyName("rx_dropped")]
    public ulong ReceivedDropped { get; init; }

    /// <summary>Sent bytes.</summary>
    [JsonPropertyName("tx_bytes")]
    public ulong SentBytes { get; init; }

    /// <summary>Sent packets.</summary>
    [JsonPropertyName("tx_packets")]
    public ulong SentPackets { get; init; }

    /// <summary>Sent packets with errors.</summary>
    [JsonPropertyName("tx_errors")]
    public ulong SentErrors { get; init; }

    /// <summary>Sent packets that were dropped.</summary>
    [JsonPropertyName("tx_dropped")]
    public ulong SentDropped { get; init; }
}
