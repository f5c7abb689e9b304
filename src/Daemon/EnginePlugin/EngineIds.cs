using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Daemon.EnginePlugin;

/// <summary>Reads the ids that Docker Engine gives to networks and endpoints: 64 lower-case hexadecimal digits, and nothing else.</summary>
internal static class EngineIds
{
    /// <summary>The id of a network.</summary>
    /// <exception cref="CnmException">InvalidParameter: the text is none.</exception>
    public static NetworkId Network(string? text) => NetworkId.TryParse(text, out NetworkId id) ? id : throw NoId("NetworkID", text);

    /// <summary>The id of an endpoint.</summary>
    /// <exception cref="CnmException">InvalidParameter: the text is none.</exception>
    public static EndpointId Endpoint(string? text) => EndpointId.TryParse(text, out EndpointId id) ? id : throw NoId("EndpointID", text);

    private static CnmException NoId(string field, string? text) => new(
        CnmErrorKind.InvalidParameter,
        text is null
            ? $"{field} is not there; an id of Docker Engine's, 64 lower-case hexadecimal digits, is expected. The Engine leaves it out "
                + "when netctl was stopped in the middle of the call: do it again"
            : $"{field} \"{Shorten(text)}\" is no id of Docker Engine's: it has 64 lower-case hexadecimal digits");

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
