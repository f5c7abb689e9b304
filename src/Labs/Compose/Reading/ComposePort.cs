using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Net.Labs.Compose.Reading;

/// <summary>A published port as it is written after <c>-p</c>: <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>.</summary>
/// <param name="Address">The host's address; null for all of them.</param>
/// <param name="HostPorts">The first and the last host port; null to have them picked.</param>
/// <param name="Ports">The first and the last port of the container.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
internal sealed partial record ComposePort(
    IPAddress? Address, (int First, int Last)? HostPorts, (int First, int Last) Ports, string Protocol)
{
    /// <summary>The host ports that are taken for certain; empty when they are picked, also from a range.</summary>
    public IEnumerable<int> FixedPorts => HostPorts is { } host && host.Last - host.First == Ports.Last - Ports.First
        ? Enumerable.Range(host.First, host.Last - host.First + 1)
        : [];

    /// <summary>Parses a port.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">Why it is none; empty when it is one.</param>
    /// <returns>The port; null when it is none.</returns>
    public static ComposePort? Parse(string text, out string problem)
    {
        problem = "is no port: give ports from 1 to 65535, such as 8080:80 or 127.0.0.1:5353:53/udp";
        Match match = Form().Match(text);
        IPAddress? address = null;
        if (!match.Success
            || (match.Groups["address"] is { Success: true } host && !IPAddress.TryParse(host.Value.Trim('[', ']'), out address))
            || RangeOf(match.Groups["container"].Value) is not { } ports)
        {
            return null;
        }

        (int First, int Last)? hostPorts = null;
        if (match.Groups["host"].Success)
        {
            hostPorts = RangeOf(match.Groups["host"].Value);
            if (hostPorts is null)
            {
                return null;
            }
        }

        if (hostPorts is { } wanted && ports.Last > ports.First && wanted.Last - wanted.First != ports.Last - ports.First)
        {
            problem = "has ranges of different length: give as many host ports as the container has";
            return null;
        }

        problem = "";
        return new ComposePort(address, hostPorts, ports, match.Groups["protocol"] is { Success: true } name ? name.Value : "tcp");
    }

    /// <summary>Whether two ports cannot both be published: as for sockets, those of other protocols, families and addresses can.</summary>
    public bool Contradicts(ComposePort other) =>
        Protocol == other.Protocol
        && (Address is null || other.Address is null
            || (Address.AddressFamily == other.Address.AddressFamily
                && (Address.Equals(other.Address) || IsAny(Address) || IsAny(other.Address))))
        && FixedPorts.Intersect(other.FixedPorts).Any();

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static (int First, int Last)? RangeOf(string text)
    {
        string[] ends = text.Split('-');
        return PortOf(ends[0]) is { } first && PortOf(ends[^1]) is { } last && first <= last ? (first, last) : null;
    }

    private static int? PortOf(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0 ? number : null;

    [GeneratedRegex(
        @"^(?:(?<address>\[[^\[\]]+\]|[0-9.]+\.[0-9.]+):)?(?:(?<host>[0-9]+(?:-[0-9]+)?):|:)?"
            + @"(?<container>[0-9]+(?:-[0-9]+)?)(?:/(?<protocol>tcp|udp|sctp))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
