using System.Text.Json.Serialization;

namespace Net.Api.Containers.Statistics;

/// <summary>The number of threads of a container.</summary>
public sealed record PidsStats
{
    /// <summary>How many there are.</summary>
    [JsonPropertyName("current")]
    public ulong Current { get; init; }

    /// <summary>How many there may be.</summary>
    [JsonPropertyName("limit")]
    public ulong Limit { get; init; }
}
