using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Daemon.Http;

/// <summary>Parses ports as users write them.</summary>
internal static class PortRequests
{
    /// <summary>Parses ports to publish, each <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>; null for none.</summary>
    /// <exception cref="CnmException">InvalidParameter: one of them is invalid.</exception>
    public static IReadOnlyList<PortSpec> Specs(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(PortSpecParser.Parse)];

    /// <summary>Parses ports to publish, of which there must be at least one.</summary>
    /// <exception cref="CnmException">InvalidParameter: there is none, or one of them is invalid.</exception>
    public static IReadOnlyList<PortSpec> RequiredSpecs(IReadOnlyList<string>? texts) => texts is { Count: > 0 }
        ? Specs(texts)
        : throw new CnmException(CnmErrorKind.InvalidParameter, "the request has no Ports; name at least one, as in 8080:80");

    /// <summary>Parses exposed ports, each <c>PORT[-PORT][/PROTOCOL]</c>; null for none.</summary>
    /// <exception cref="CnmException">InvalidParameter: one of them is invalid.</exception>
    public static IReadOnlyList<ExposedPort> Exposed(IReadOnlyList<string>? texts) =>
        [.. (texts ?? []).Select(PortSpecParser.ParseExposed)];
}
