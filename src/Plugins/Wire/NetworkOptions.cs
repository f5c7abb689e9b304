using System.Text.Json.Serialization;

namespace Net.Plugins.Wire;

/// <summary>The options of a network as its driver is told of them.</summary>
internal sealed record NetworkOptions
{
    /// <summary>Whether endpoints have IPv4 addresses.</summary>
    [JsonPropertyName("com.docker.network.enable_ipv4")]
    public required bool EnableIPv4 { get; init; }

    /// <summary>Whether endpoints have IPv6 addresses.</summary>
    [JsonPropertyName("com.docker.network.enable_ipv6")]
    public required bool EnableIPv6 { get; init; }

    /// <summary>The user's options.</summary>
    [JsonPropertyName("com.docker.network.generic")]
    public required IReadOnlyDictionary<string, string> Generic { get; init; }

    /// <summary>Whether the network is cut off from everything outside it; absent when it is not.</summary>
    [JsonPropertyName("com.docker.network.internal")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Internal { get; init; }
}
