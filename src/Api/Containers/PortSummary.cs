using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>One port in the container list.</summary>
public sealed record PortSummary
{
    /// <summary>The host address, or null when the port is not published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IP { get; init; }

    /// <summary>The container's port.</summary>
    public ushort PrivatePort { get; init; }

    /// <summary>The host's port; absent (0) when the port is not published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ushort PublicPort { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public required string Type { get; init; }
}
