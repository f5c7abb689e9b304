using System.Text.Json.Serialization;

namespace Net.Api.Networks;

/// <summary>The requested settings of an endpoint. For an absent field the value is chosen.</summary>
public sealed record EndpointConfig
{
    /// <summary>The requested addresses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EndpointIpamConfig? IPAMConfig { get; init; }

    /// <summary>Further names of the container on this network.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>The requested MAC address, e.g. <c>02:42:ac:12:00:02</c>; null or empty for a random one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MacAddress { get; init; }

    /// <summary>Links, each <c>CONTAINER[:ALIAS]</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Options for the driver.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    /// <summary>The priority for the default route; the network with the highest number gets it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int GwPriority { get; init; }
}
