using System.Text.Json;
using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The body of <c>POST /containers/{id}/update</c>.</summary>
public sealed record ContainerUpdateRequest
{
    /// <summary>When the command is started again by itself.</summary>
    public RestartPolicy? RestartPolicy { get; init; }

    /// <summary>Docker's other fields: the limits of a container, which has none here. Its clients send them all, as zero or null when they
    /// are not to change.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
