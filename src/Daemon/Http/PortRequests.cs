using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Daemon.Http;

/// <summary>Reads ports as users type them.</summary>
internal static class PortRequests
{
    /// <exception cref="CnmException">InvalidParameter: one of them cannot be read.</exception>
    public static IReadOnlyList<PortSpec> Specs(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(PortSpecParser.Parse)];

    /// <exception cref="CnmException">InvalidParameter: there is none, or one of them cannot be read.</exception>
    public static IReadOnlyList<PortSpec> RequiredSpecs(IReadOnlyList<string>? texts) => texts is { Count: > 0 }
        ? Specs(texts)
        : throw new CnmException(CnmErrorKind.InvalidParameter, "the request has no Ports; name at least one, as in 8080:80");

    /// <exception cref="CnmException">InvalidParameter: one of them cannot be read.</exception>
    public static IReadOnlyList<ExposedPort> Exposed(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(PortSpecParser.ParseExposed)];
}
