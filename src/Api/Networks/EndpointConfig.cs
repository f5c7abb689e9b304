using System.Text.Json.Serialization;

namespace Net.Api.Networks;

/// <summary>What is asked of an endpoint. Every field may be absent; the caller's choice then falls to the network.</summary>
public sealed record EndpointConfig
{
    /// <summary>Exact addresses wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EndpointIpamConfig? IPAMConfig { get; init; }

    /// <summary>Further names of the container on this network.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>The MAC address wanted, e.g. <c>02:42:ac:12:00:02</c>; null or empty has one made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MacAddress { get; init; }

    /// <summary>Links, each <c>CONTAINER[:ALIAS]</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Options for the driver.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    /// <summary>The network with the highest number gives the container its default route.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int GwPriority { get; init; }
}
