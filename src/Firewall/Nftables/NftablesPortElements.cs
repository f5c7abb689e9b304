using System.Net;

using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Firewall.Nftables;

/// <summary>Builds the elements of ports: one for a single port, one for a run of ports that keep their numbers, and one a port for a run
/// whose numbers are shifted.</summary>
internal static class NftablesPortElements
{
    /// <summary>The elements of a published port or run of ports.</summary>
    public static IReadOnlyList<NftablesElement> Published(PublishedPort port)
    {
        FirewallFamily family = PolicyFamilies.Of(port.HostAddress);
        var elements = new NftablesElementFactory(family.Table(), port);
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

    /// <summary>The elements of a port or run of ports that is open on the container's own address.</summary>
    public static IReadOnlyList<NftablesElement> Open(OpenPort port) =>
    [
        .. Run(
            new NftablesElementFactory(PolicyFamilies.Of(port.ContainerAddress).Table(), port),
            NftablesSets.Open, NftablesSets.OpenRanges,
            [NftablesKey.Of(port.Bridge), NftablesKey.Of(port.ContainerAddress)], port.Protocol, port.ContainerPort, port.Count),
    ];

    /// <summary>The name of the map that translates a published port.</summary>
    public static string Translating(PublishedPort port) => (KeepsNumbers(port), IsAny(port)) switch
    {
        (true, true) => NftablesSets.PublishedAnyRanges,
        (true, false) => NftablesSets.PublishedRanges,
        (false, true) => NftablesSets.PublishedAny,
        (false, false) => NftablesSets.Published,
    };

    private static bool IsAny(PublishedPort port) => port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);

    private static bool KeepsNumbers(PublishedPort port) => port.Count > 1 && port.HostPort == port.ContainerPort;

    private static IEnumerable<NftablesElement> Translations(NftablesElementFactory elements, PublishedPort port, string[] address)
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
        NftablesElementFactory elements, string single, string ranges, string[] before, PortProtocol protocol, ushort first, ushort count)
    {
        string[] key = [.. before, NftablesKey.Of(protocol)];
        yield return count == 1
            ? elements.Of(single, [.. key, NftablesKey.Of(first)])
            : elements.Range(ranges, [.. key, NftablesKey.Of(first)], [.. key, NftablesKey.Of(Last(first, count))]);
    }

    private static ushort Last(ushort first, ushort count) => (ushort)(first + count - 1);
}
