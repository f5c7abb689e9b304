using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures;

/// <summary>Puts a picture into one order, so that the same things look the same whatever order they came in.</summary>
public static class PictureOrder
{
    private const string Every = "*";

    /// <summary>The picture with everything in the order of the names.</summary>
    public static Picture Of(Picture picture) => new()
    {
        Hosts = [.. picture.Hosts.OrderBy(host => host.Name, NaturalOrder.Instance).Select(Of)],
        Wires =
        [
            .. picture.Wires.OrderBy(wire => wire.Name, NaturalOrder.Instance).Select(wire => wire with
            {
                Ends =
                [
                    .. wire.Ends.OrderBy(end => end.Host, NaturalOrder.Instance).ThenBy(end => end.Interface ?? "", NaturalOrder.Instance),
                ],
            }),
        ],
    };

    /// <summary>Ports in order; what is published on every address of both families becomes one, and consecutive ones become
    /// one.</summary>
    public static IReadOnlyList<PicturedPort> Ports(IEnumerable<PicturedPort> ports)
    {
        HashSet<PicturedPort> all = [.. ports];
        PicturedPort[] either =
        [
            .. all.Where(port => port.HostAddress == "0.0.0.0" && all.Contains(port with { HostAddress = "::" })),
        ];
        foreach (PicturedPort port in either)
        {
            all.Remove(port);
            all.Remove(port with { HostAddress = "::" });
            all.Add(port with { HostAddress = Every });
        }

        return
        [
            .. all.GroupBy(port => (port.HostAddress, port.Protocol, port.HostPort == 0, Shift: port.HostPort - port.ContainerPort))
                .SelectMany(Runs)
                .OrderBy(port => port.ContainerPort).ThenBy(port => port.Protocol, StringComparer.Ordinal)
                .ThenBy(port => port.HostAddress, StringComparer.Ordinal).ThenBy(port => port.HostPort),
        ];
    }

    private static PicturedHost Of(PicturedHost host) => host with
    {
        Uplinks = [.. host.Uplinks.OrderBy(link => link.Interface, NaturalOrder.Instance)],
        Networks = [.. host.Networks.OrderBy(network => network.Name, NaturalOrder.Instance)],
        Containers =
        [
            .. host.Containers.OrderBy(container => container.Name, NaturalOrder.Instance).Select(container => container with
            {
                Endpoints = [.. container.Endpoints.OrderBy(endpoint => endpoint.Interface, NaturalOrder.Instance)
                    .ThenBy(endpoint => endpoint.Network, NaturalOrder.Instance).Select(Of)],
                Ports = Ports(container.Ports),
            }),
        ],
    };

    private static PicturedEndpoint Of(PicturedEndpoint endpoint) => endpoint with
    {
        Aliases = [.. endpoint.Aliases.Order(NaturalOrder.Instance)],
        Links = [.. endpoint.Links.OrderBy(link => link.Container, NaturalOrder.Instance)
            .ThenBy(link => link.Alias, NaturalOrder.Instance)],
    };

    // All have the same address, protocol and difference of host port and container port.
    private static IEnumerable<PicturedPort> Runs(IEnumerable<PicturedPort> ports)
    {
        PicturedPort? run = null;
        foreach (PicturedPort port in ports.OrderBy(port => port.ContainerPort))
        {
            if (run is not null && port.HostPort > 0 && port.ContainerPort == run.ContainerPort + run.Count)
            {
                run = run with { Count = run.Count + port.Count };
                continue;
            }

            if (run is not null)
            {
                yield return run;
            }

            run = port;
        }

        if (run is not null)
        {
            yield return run;
        }
    }
}
