using Net.Api.Texts;
using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures;

/// <summary>How things are called in all pictures that people read. What others chose is escaped for a terminal.</summary>
internal static class PictureWords
{
    /// <summary><c>bridge br-0123456789ab, internal</c>, <c>macvlan of eth0</c>.</summary>
    public static string Kind(PicturedNetwork network) =>
        TerminalText.Escape($"{network.Driver}{(network.Bridge is { } bridge ? $" {bridge}" : "")}"
            + $"{(network.Parent is { } parent ? $" of {parent}" : "")}")
        + (network.Internal ? ", internal" : "");

    /// <summary><c>172.18.0.0/16, gateway 172.18.0.1</c>.</summary>
    public static string Subnet(PicturedSubnet subnet) =>
        TerminalText.Escape(subnet.Gateway is null ? subnet.Subnet : $"{subnet.Subnet}, gateway {subnet.Gateway}");

    /// <summary><c>*:8000-8010 -> 80-90/tcp</c>.</summary>
    public static string Port(PicturedPort port)
    {
        string inside = $"{PortText.Run(port.ContainerPort, port.Count)}/{port.Protocol}";
        return TerminalText.Escape(port.HostPort == 0
            ? inside
            : $"{PortText.HostPort(port.HostAddress, PortText.Run(port.HostPort, port.Count))} -> {inside}");
    }

    /// <summary>The name of a container, and its state where that is worth a word.</summary>
    public static string Name(PicturedContainer container) =>
        TerminalText.Escape(container.Name) + (container.State == "running" ? "" : $" ({TerminalText.Escape(container.State)})");

    /// <summary>A place on a network, whose link and addresses are escaped.</summary>
    public static PicturedEndpoint? Escaped(PicturedEndpoint? endpoint) => endpoint is null ? null : endpoint with
    {
        Interface = TerminalText.Escape(endpoint.Interface),
        Addresses = [.. endpoint.Addresses.Select(TerminalText.Escape)],
        MacAddress = TerminalText.Escape(endpoint.MacAddress),
    };

    /// <summary><c>alias www</c>, <c>link db as sql</c>, one each.</summary>
    public static IEnumerable<string> Names(PicturedEndpoint endpoint) =>
    [
        .. endpoint.Aliases.Select(alias => $"alias {TerminalText.Escape(alias)}"),
        .. endpoint.Links.Select(Link),
    ];

    /// <summary><c>lan 192.0.2.1/24, 2001:db8::1/64</c>.</summary>
    public static string Uplink(PicturedUplink link) =>
        TerminalText.Escape($"{link.Interface} {string.Join(", ", link.Addresses)}".TrimEnd());

    private static string Link(PicturedLink link) =>
        TerminalText.Escape(link.Container == link.Alias ? $"link {link.Container}" : $"link {link.Container} as {link.Alias}");
}
