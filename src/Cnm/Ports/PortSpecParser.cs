using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Cnm.Ports;

/// <summary>Reads the text after <c>-p</c>, <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>, and after <c>--expose</c>,
/// <c>CONTAINER[/PROTOCOL]</c>, where HOST and CONTAINER are a port or a range such as 8000-8010.</summary>
/// <remarks>
/// The forms and the first words of every error are Docker's (go-connections, nat.ParsePortSpec). An IPv6 address stands in brackets;
/// Docker also takes it bare, and so does this. Host port 0 has one picked, as with Docker. Refused although Docker takes them: container
/// port 0 and a range from 0, which nothing can be sent to.
/// </remarks>
public static class PortSpecParser
{
    private const string PortWords = "a port is a number from 1 to 65535, a range two of them in ascending order";

    /// <summary>Reads what is to be published. A range is one specification.</summary>
    /// <param name="text">Such as <c>8080:80</c>, <c>80</c>, <c>127.0.0.1::80/udp</c>, <c>[::1]:8080:80</c>, <c>8000-8010:80-90</c>, and
    /// <c>8000-8010:80</c> for any one of these host ports.</param>
    /// <exception cref="CnmException">InvalidParameter: a port is not in 1 to 65535, the ranges differ in length, the address or the
    /// protocol is not known; the message names the part at fault and the whole text.</exception>
    public static PortSpec Parse(string text)
    {
        (string address, string hostPort, string containerPort) = Split(text);
        (containerPort, PortProtocol protocol) = SplitProtocol(text, containerPort);
        IPAddress? hostAddress = ParseAddress(text, address);
        if (containerPort.Length == 0)
        {
            throw Invalid(text, $"no port specified: {text}<empty>", "give the container's port, as in 8080:80");
        }

        if (!PortRunText.TryParse(containerPort, out ushort first, out ushort last))
        {
            throw Invalid(text, $"invalid containerPort: {containerPort}", PortWords);
        }

        var spec = new PortSpec
        {
            HostAddress = hostAddress,
            ContainerPort = first,
            Count = (ushort)(last - first + 1),
            Protocol = protocol,
        };
        return hostPort is "" or "0" ? spec : WithHostPort(text, spec, hostPort, containerPort);
    }

    /// <summary>Reads what is exposed: <c>80</c>, <c>3000-3005/udp</c>.</summary>
    /// <exception cref="CnmException">As for <see cref="Parse"/>.</exception>
    public static ExposedPort ParseExposed(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            throw Invalid(
                text,
                $"invalid port format for --expose: {text}",
                "give a container's port only, as in 80 or 3000-3005/udp; -p publishes it");
        }

        (string port, PortProtocol protocol) = SplitProtocol(text, text);
        return PortRunText.TryParse(port, out ushort first, out ushort last)
            ? new ExposedPort(first, protocol, (ushort)(last - first + 1))
            : throw Invalid(text, $"invalid range format for --expose: {text}", PortWords);
    }

    /// <summary>The last two colons part the address, the host port and the container port: an IPv6 address has colons of its
    /// own.</summary>
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

        string word = containerPort[(slash + 1)..].ToLowerInvariant();
        return (containerPort[..slash], word switch
        {
            "" or "tcp" => PortProtocol.Tcp,
            "udp" => PortProtocol.Udp,
            "sctp" => PortProtocol.Sctp,
            _ => throw Invalid(text, $"invalid proto: {word}", "write tcp, udp or sctp, or nothing for tcp"),
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
            : throw Invalid(
                text,
                $"invalid IP address: {address}",
                "write an address of this host, IPv6 in brackets, as in 127.0.0.1:8080:80 or [::1]:8080:80");
    }

    private static PortSpec WithHostPort(string text, PortSpec spec, string hostPort, string containerPort)
    {
        if (!PortRunText.TryParse(hostPort, out ushort first, out ushort last))
        {
            throw Invalid(text, $"invalid hostPort: {hostPort}", $"{PortWords}, or leave the host port out to have one picked");
        }

        if (last - first + 1 == spec.Count)
        {
            return spec with { HostPort = first };
        }

        return spec.Count == 1
            ? spec with { HostPort = first, LastHostPort = last }
            : throw Invalid(
                text,
                $"invalid ranges specified for container and host Ports: {containerPort} and {hostPort}",
                "give both the same number of ports, or one container port");
    }

    private static CnmException Invalid(string text, string problem, string remedy) =>
        new(CnmErrorKind.InvalidParameter, $"{problem} (in \"{text}\"); {remedy}");
}
