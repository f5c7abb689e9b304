using System.Text.Json.Serialization;

namespace Net.Labs.Pictures.Parts;

/// <summary>A container of a host.</summary>
public sealed record PicturedContainer
{
    /// <summary>Its name, without a slash.</summary>
    public required string Name { get; init; }

    /// <summary>Its id, 64 hex digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>Docker's word: <c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c> or <c>exited</c>.</summary>
    public required string State { get; init; }

    /// <summary>Whose network stack it has.</summary>
    public PicturedMode Mode { get; init; }

    /// <summary>The name of the container whose stack it has; null in the other modes.</summary>
    public string? SharedWith { get; init; }

    /// <summary>Its places on networks, one a network.</summary>
    public IReadOnlyList<PicturedEndpoint> Endpoints { get; init; } = [];

    /// <summary>Its published ports.</summary>
    public IReadOnlyList<PicturedPort> Ports { get; init; } = [];

    /// <summary>Whether it has a network stack now: a container's exists no longer than its command runs.</summary>
    [JsonIgnore]
    public bool IsUp => State is "running" or "paused";
}
