using System.Globalization;
using System.Net;
using Net.Api.Containers;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http.Views;

/// <summary>Turns ports into Docker's documents, which list every port of a run by itself.</summary>
internal static class PortsView
{
    /// <summary>The requested ports: <c>HostConfig.PortBindings</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<PortBinding>> Bindings(IEnumerable<PortSpec> specs) => specs
        .SelectMany(s => Enumerable.Range(0, s.Count).Select(i => (Key: Key(s.ContainerPort + i, s.Protocol), Binding: new PortBinding
        {
            HostIp = s.HostAddress?.ToString() ?? "",
            HostPort = HostPortOf(s, i),
        })))
        .GroupBy(p => p.Key, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, IReadOnlyList<PortBinding> (g) => [.. g.Select(p => p.Binding)], StringComparer.Ordinal);

    /// <summary>The published ports by container port.</summary>
    public static Dictionary<string, IReadOnlyList<PortBinding>?> Of(IEnumerable<PortMapping> mappings) => mappings
        .SelectMany(m => Enumerable.Range(0, m.Count).Select(i => (Key: Key(m.ContainerPort + i, m.Protocol), Binding: BindingOf(m, i))))
        .GroupBy(p => p.Key, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, IReadOnlyList<PortBinding>? (g) => [.. g.Select(p => p.Binding).Distinct()], StringComparer.Ordinal);

    /// <summary>The published ports, and null for a port that is only exposed: <c>NetworkSettings.Ports</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> WithExposed(Sandbox sandbox)
    {
        Dictionary<string, IReadOnlyList<PortBinding>?> ports = Of(sandbox.Ports);
        foreach ((int port, PortProtocol protocol) in AllExposed(sandbox))
        {
            ports.TryAdd(Key(port, protocol), null);
        }

        return ports;
    }

    /// <summary>The exposed ports, published or not: <c>Config.ExposedPorts</c>; null for none.</summary>
    public static IReadOnlyDictionary<string, EmptyObject>? Exposed(Sandbox sandbox)
    {
        var ports = AllExposed(sandbox)
            .Distinct()
            .ToDictionary(p => Key(p.Port, p.Protocol), _ => new EmptyObject(), StringComparer.Ordinal);
        return ports.Count > 0 ? ports : null;
    }

    /// <summary>Each port of a run as Docker's documents name it: <c>80/tcp</c>.</summary>
    public static IEnumerable<string> KeysOf(ExposedPort ports) =>
        Enumerable.Range(0, ports.Count).Select(i => Key(ports.Port + i, ports.Protocol));

    /// <summary>The ports of one container in the list of containers.</summary>
    public static IReadOnlyList<PortSummary> Listed(Sandbox sandbox)
    {
        var listed = new List<PortSummary>();
        var published = new HashSet<(int, PortProtocol)>();
        foreach (PortMapping mapping in sandbox.Ports)
        {
            for (int i = 0; i < mapping.Count; i++)
            {
                bool first = published.Add((mapping.ContainerPort + i, mapping.Protocol));
                if (mapping.Delivery != PortDelivery.Routing)
                {
                    listed.Add(new PortSummary
                    {
                        IP = mapping.HostAddress.ToString(),
                        PrivatePort = (ushort)(mapping.ContainerPort + i),
                        PublicPort = (ushort)(mapping.HostPort + i),
                        Type = mapping.Protocol.ToWord(),
                    });
                }
                else if (first)
                {
                    listed.Add(OnlyExposed(mapping.ContainerPort + i, mapping.Protocol));
                }
            }
        }

        listed.AddRange(AllExposed(sandbox).Where(published.Add).Select(p => OnlyExposed(p.Port, p.Protocol)));
        return listed;
    }

    /// <summary>The ports that the daemon forwards, where the container sees the host's address instead of the client's; null for
    /// none.</summary>
    public static IReadOnlyList<ForwardedPort>? Forwarded(IEnumerable<PortMapping> mappings)
    {
        ForwardedPort[] forwarded =
        [
            .. mappings.Where(m => m.Protocol != PortProtocol.Sctp && ForwardedAddress(m) is not null).Select(m => new ForwardedPort
            {
                HostIp = ForwardedAddress(m)!.ToString(),
                HostPort = m.HostPort,
                Count = m.Count,
                Type = m.Protocol.ToWord(),
            }),
        ];
        return forwarded.Length > 0 ? forwarded : null;
    }

    // The kernel translates connections to every address but ::1 when the container has an address of the family.
    private static IPAddress? ForwardedAddress(PortMapping mapping) => mapping.Delivery switch
    {
        PortDelivery.Forwarder => mapping.HostAddress,
        PortDelivery.Translation when mapping.HostAddress.Equals(IPAddress.IPv6Any) || mapping.HostAddress.Equals(IPAddress.IPv6Loopback) =>
            IPAddress.IPv6Loopback,
        _ => null,
    };

    private static IEnumerable<(int Port, PortProtocol Protocol)> AllExposed(Sandbox sandbox) =>
        sandbox.ExposedPorts.SelectMany(e => Enumerable.Range(e.Port, e.Count).Select(port => (port, e.Protocol)))
            .Concat(sandbox.PortSpecs.SelectMany(s => Enumerable.Range(s.ContainerPort, s.Count).Select(port => (port, s.Protocol))));

    private static PortBinding BindingOf(PortMapping mapping, int index) => mapping.Delivery == PortDelivery.Routing
        ? new PortBinding { HostIp = "", HostPort = "" }
        : new PortBinding { HostIp = mapping.HostAddress.ToString(), HostPort = Text(mapping.HostPort + index) };

    private static string HostPortOf(PortSpec spec, int index) => spec switch
    {
        { HostPort: { } first, LastHostPort: { } last } => $"{Text(first)}-{Text(last)}",
        { HostPort: { } port } => Text(port + index),
        _ => "",
    };

    private static PortSummary OnlyExposed(int port, PortProtocol protocol) =>
        new() { PrivatePort = (ushort)port, Type = protocol.ToWord() };

    private static string Key(int port, PortProtocol protocol) => $"{Text(port)}/{protocol.ToWord()}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
