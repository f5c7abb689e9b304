using System.Net;

using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Firewall.Nftables;

/// <summary>The elements of ports: one for a port, one for a run of ports whose numbers stay, one a port for a run that is
/// shifted.</summary>
internal static class NftablesPortElements
{
    /// <summary>A published port, or a run of them.</summary>
    public static IReadOnlyList<NftablesElement> Published(PublishedPort port)
    {
        FirewallFamily family = PolicyFamilies.Of(port.HostAddress);
        var elements = new NftablesElements(family.Table(), port);
        string[] address = IsAny(port) ? [] : [NftablesKey.Of(port.HostAddress)];
        bool loopback = IPAddress.IsLoopback(port.HostAddress);
        bool translated = !loopback || family == FirewallFamily.IPv4; // the kernel does not route from ::1; the forwarder serves that
        return
        [
            .. loopback
                ? Run(elements, NftablesSets.Loopback, NftablesSets.LoopbackRanges, address, port.Protocol, port.HostPort, port.Count)
                : [],
            .. translated ? Translations(elements, port, address) : [],
        ];
    }

    /// <summary>A port that is reached by the container's own address, or a run of them.</summary>
    public static IReadOnlyList<NftablesElement> Open(OpenPort port) =>
    [
        .. Run(
            new NftablesElements(PolicyFamilies.Of(port.ContainerAddress).Table(), port),
            NftablesSets.Open, NftablesSets.OpenRanges,
            [NftablesKey.Of(port.Bridge), NftablesKey.Of(port.ContainerAddress)], port.Protocol, port.ContainerPort, port.Count),
    ];

    /// <summary>The map that translates a port.</summary>
    public static string Translating(PublishedPort port) => (KeepsNumbers(port), IsAny(port)) switch
    {
        (true, true) => NftablesSets.PublishedAnyRanges,
        (true, false) => NftablesSets.PublishedRanges,
        (false, true) => NftablesSets.PublishedAny,
        (false, false) => NftablesSets.Published,
    };

    private static bool IsAny(PublishedPort port) => port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);

    private static bool KeepsNumbers(PublishedPort port) => port.Count > 1 && port.HostPort == port.ContainerPort;

    private static IEnumerable<NftablesElement> Translations(NftablesElements elements, PublishedPort port, string[] address)
    {
        string protocol = NftablesKey.Of(port.Protocol);
        string container = NftablesKey.Of(port.ContainerAddress);
        string set = Translating(port);
        return KeepsNumbers(port)
            ?
            [
                elements.Range(
                    set,
                    [.. address, protocol, NftablesKey.Of(port.HostPort)],
                    [.. address, protocol, NftablesKey.Of(Last(port.HostPort, port.Count))],
                    container),
            ]
            : Enumerable.Range(0, port.Count).Select(i => elements.To(
                set,
                [.. address, protocol, NftablesKey.Of((ushort)(port.HostPort + i))],
                container, NftablesKey.Of((ushort)(port.ContainerPort + i))));
    }

    private static IEnumerable<NftablesElement> Run(
        NftablesElements elements, string single, string ranges, string[] before, PortProtocol protocol, ushort first, ushort count)
    {
        string[] key = [.. before, NftablesKey.Of(protocol)];
        yield return count == 1
            ? elements.Of(single, [.. key, NftablesKey.Of(first)])
            : elements.Range(ranges, [.. key, NftablesKey.Of(first)], [.. key, NftablesKey.Of(Last(first, count))]);
    }

    private static ushort Last(ushort first, ushort count) => (ushort)(first + count - 1);
}
