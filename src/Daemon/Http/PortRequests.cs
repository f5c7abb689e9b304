using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Daemon.Http;

/// <summary>Reads ports as users type them.</summary>
internal static class PortRequests
{
    /// <exception cref="CnmException">InvalidParameter: one of them cannot be read.</exception>
    public static IReadOnlyList<PortSpec> Specs(IReadOnlyList<string>? texts) => [.. (texts ?? []).SelectMany(PortSpecParser.Parse)];

    /// <exception cref="CnmException">InvalidParameter: there is none, or one of them cannot be read.</exception>
    public static IReadOnlyList<PortSpec> RequiredSpecs(IReadOnlyList<string>? texts) => texts is { Count: > 0 }
        ? Specs(texts)
        : throw new CnmException(CnmErrorKind.InvalidParameter, "the request has no Ports; name at least one, as in 8080:80");

    /// <exception cref="CnmException">InvalidParameter: one of them cannot be read.</exception>
    public static IReadOnlyList<ExposedPort> Exposed(IReadOnlyList<string>? texts) => [.. (texts ?? []).SelectMany(Exposed)];

    private static IEnumerable<ExposedPort> Exposed(string text) => text.Contains(':', StringComparison.Ordinal)
        ? throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid port format for --expose: {text}; it takes PORT[-PORT][/PROTOCOL], and -p a host port")
        : PortSpecParser.Parse(text).Select(s => new ExposedPort(s.ContainerPort, s.Protocol, s.Count));
}
