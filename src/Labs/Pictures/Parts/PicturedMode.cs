using System.Text.Json.Serialization;

namespace Net.Labs.Pictures.Parts;

/// <summary>Whose network stack a container has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PicturedMode>))]
public enum PicturedMode
{
    /// <summary>Its own, on networks.</summary>
    [JsonStringEnumMemberName("networks")]
    Networks,

    /// <summary>The host's.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>Its own, on no network.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>That of another container.</summary>
    [JsonStringEnumMemberName("container")]
    Container,
}
