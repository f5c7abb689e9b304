using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;

namespace Net.Cnm.Ports;

/// <summary>Parses the argument of <c>-p</c>, <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>, and that of <c>--expose</c>,
/// <c>CONTAINER[/PROTOCOL]</c>. HOST and CONTAINER are a port or a range such as 8000-8010.</summary>
/// <remarks>The syntax, and the beginning of every error message, are those of Docker (go-connections, nat.ParsePortSpec). An IPv6 address
/// may be in brackets or not, as with Docker. Host port 0 stands for an automatic choice, as with Docker. Container port 0 and a range that
/// starts at 0 are rejected although Docker accepts them, since no packet can be sent to port 0.</remarks>
public static class PortSpecParser
{
    private const string PortWords = "a port is a number from 1 to 65535, a range two of them in ascending order";

    /// <summary>Parses a port to publish. A range is one specification.</summary>
    /// <param name="text">The text, such as <c>8080:80</c>, <c>80</c>, <c>127.0.0.1::80/udp</c>, <c>[::1]:8080:80</c> or
    /// <c>8000-8010:80-90</c>; also <c>8000-8010:80</c>, which stands for any one of these host ports.</param>
    /// <exception cref="CnmException">InvalidParameter: a port is not in 1 to 65535, the ranges differ in length, or the address or the
    /// protocol is not valid. The message names the faulty part and quotes the whole text.</exception>
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

    /// <summary>Parses a port to expose, such as <c>80</c> or <c>3000-3005/udp</c>.</summary>
    /// <exception cref="CnmException">InvalidParameter: a port is not in 1 to 65535, the protocol is not valid, or the text has a host
    /// part.</exception>
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

    /// <summary>Splits the text at its last two colons into address, host port and container port. Earlier colons belong to an IPv6
    /// address.</summary>
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
