using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Cnm.Ports;

/// <summary>Reads the text after <c>-p</c>: <c>[IP:][HOST:]CONTAINER[/tcp|udp]</c>, where HOST and CONTAINER are a port or a range such as
/// 8000-8010.</summary>
/// <remarks>
/// The forms and the first words of every error are Docker's. An IPv6 address stands in brackets; Docker also takes it bare, and so does this.
/// Two things Docker takes are refused: a host range for one container port (it would publish on any one of them), and host port 0, which says the
/// same as no host port.
/// </remarks>
public static class PortSpecParser
{
    private readonly record struct PortRange(ushort First, ushort Last)
    {
        public int Count => Last - First + 1;
    }

    /// <summary>Reads one specification; a range gives one element a port, in ascending order.</summary>
    /// <param name="text">Such as <c>8080:80</c>, <c>80</c>, <c>127.0.0.1::80/udp</c>, <c>[::1]:8080:80</c>, <c>8000-8010:80-90</c>.</param>
    /// <returns>At least one element.</returns>
    /// <exception cref="CnmException">InvalidParameter: a port is not in 1 to 65535, the ranges differ in length, the address or the
    /// protocol is not known; the
    /// message names the part at fault and the whole text.</exception>
    public static IReadOnlyList<PortSpec> Parse(string text)
    {
        (string address, string hostPort, string containerPort) = Split(text);
        (containerPort, PortProtocol protocol) = SplitProtocol(text, containerPort);
        IPAddress? hostAddress = ParseAddress(text, address);
        if (containerPort.Length == 0)
        {
            throw Invalid(text, $"no port specified: {text}<empty>", "give the container's port, as in 8080:80");
        }

        PortRange container = ParseRange(text, "containerPort", containerPort, "");
        PortRange? host = hostPort.Length == 0
            ? null
            : ParseRange(text, "hostPort", hostPort, ", or leave the host port out to have one picked");
        if (host is { } range && range.Count != container.Count)
        {
            throw Invalid(
                text,
                $"invalid ranges specified for container and host Ports: {containerPort} and {hostPort}",
                "give both the same number of ports");
        }

        var specs = new PortSpec[container.Count];
        for (int i = 0; i < specs.Length; i++)
        {
            specs[i] = new PortSpec
            {
                HostAddress = hostAddress,
                HostPort = host is { } h ? (ushort)(h.First + i) : null,
                ContainerPort = (ushort)(container.First + i),
                Protocol = protocol,
            };
        }

        return specs;
    }

    /// <summary>The last two colons part the address, the host port and the container port: an IPv6 address has colons of its own.</summary>
    private static (string Address, string HostPort, string ContainerPort) Split(string text)
    {
        int last = text.LastIndexOf(':');
        if (last < 0)
        {
            return ("", "", text);
        }

        string containerPort = text[(last + 1)..];
        int middle = text.AsSpan(0, last).LastIndexOf(':');
        return middle < 0
            ? ("", text[..last], containerPort)
            : (text[..middle], text[(middle + 1)..last], containerPort);
    }

    private static (string Port, PortProtocol Protocol) SplitProtocol(string text, string containerPort)
    {
        int slash = containerPort.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (containerPort, PortProtocol.Tcp);
        }

        string word = containerPort[(slash + 1)..];
        return (containerPort[..slash], word.ToLowerInvariant() switch
        {
            "" or "tcp" => PortProtocol.Tcp,
            "udp" => PortProtocol.Udp,
            _ => throw Invalid(text, $"invalid proto: {word}", "only tcp and udp ports can be published here"),
        });
    }

    private static IPAddress? ParseAddress(string text, string address)
    {
        if (address.Length == 0)
        {
            return null;
        }

        string bare = address is ['[', .. var inner, ']'] && inner.Contains(':', StringComparison.Ordinal) ? inner : address;
        return AddressParser.TryParse(bare, out IPAddress parsed)
            ? parsed
            : throw Invalid(text, $"invalid IP address: {address}", "write an address of this host, IPv6 in brackets, as in 127.0.0.1:8080:80 or [::1]:8080:80");
    }

    private static PortRange ParseRange(string text, string part, string ports, string alternative)
    {
        int dash = ports.IndexOf('-', StringComparison.Ordinal);
        string first = dash < 0 ? ports : ports[..dash];
        string last = dash < 0 ? ports : ports[(dash + 1)..];
        return TryParsePort(first, out ushort from) && TryParsePort(last, out ushort to) && from <= to
            ? new PortRange(from, to)
            : throw Invalid(text, $"invalid {part}: {ports}", $"a port is a number from 1 to 65535, a range two of them in ascending order{alternative}");
    }

    private static bool TryParsePort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;

    private static CnmException Invalid(string text, string problem, string remedy) =>
        new(CnmErrorKind.InvalidParameter, $"{problem} (in \"{text}\"); {remedy}");
}
