namespace Net.Cli.Templates;

/// <summary>
/// Which fields of a JSON document are maps and which are optional. Go's templates know that from the type: a missing key of a map prints
/// <c>&lt;no value&gt;</c>, an omitted optional field prints as empty, and any other missing field is an error.
/// </summary>
/// <param name="Maps">Names of fields whose value is a map.</param>
/// <param name="Optional">Names of fields that a document omits when they are empty.</param>
internal sealed record DocumentShape(IReadOnlySet<string> Maps, IReadOnlySet<string> Optional)
{
    /// <summary>The documents of this API.</summary>
    public static DocumentShape Api { get; } = new(
        new HashSet<string>(StringComparer.Ordinal)
        {
            "Labels", "Options", "Containers", "Networks", "Ports", "PortBindings", "ExposedPorts", "AuxiliaryAddresses", "DriverOpts",
        },
        new HashSet<string>(StringComparer.Ordinal)
        {
            "Subnet", "IPRange", "Gateway", "AuxiliaryAddresses", "ExposedPorts", "IP", "PublicPort", "IPv4Address", "IPv6Address",
            "LinkLocalIPs", "ForwardedPorts", "PublishedPorts",
        });
}
