using Net.Cnm.Ports;

namespace Net.Controller.Ports;

/// <summary>Lets picked host ports keep their numbers when the ports of a sandbox are chosen again, because another endpoint carries them
/// or another port was added.</summary>
internal sealed class KeptHostPorts
{
    private readonly Dictionary<(ushort ContainerPort, ushort Count, PortProtocol Protocol), List<PortMapping>> _before;

    /// <summary>Starts from the mappings that are published.</summary>
    public KeptHostPorts(IEnumerable<PortMapping> before) => _before = before
        .Where(p => p.Delivery != PortDelivery.Routing)
        .GroupBy(p => (p.ContainerPort, p.Count, p.Protocol))
        .ToDictionary(group => group.Key, group => group.ToList());

    /// <summary>The specifications, each with the host port that it has already; a specification without one is left to be
    /// picked.</summary>
    public IReadOnlyList<PortSpec> Keep(IReadOnlyList<PortSpec> specs)
    {
        if (_before.Count == 0 || specs.All(IsFixed))
        {
            return specs;
        }

        // The more precise a specification is, the earlier it chooses: 127.0.0.1::80 must not lose its host port to one that publishes port
        // 80 on all addresses.
        var kept = new IReadOnlyList<PortSpec>[specs.Count];
        foreach (int i in Enumerable.Range(0, specs.Count).OrderBy(i => IsFixed(specs[i]) ? 0 : specs[i].HostAddress is null ? 2 : 1))
        {
            kept[i] = Keep(specs[i]);
        }

        return [.. kept.SelectMany(s => s)];
    }

    private static bool IsFixed(PortSpec spec) => spec is { HostPort: not null, LastHostPort: null };

    private IReadOnlyList<PortSpec> Keep(PortSpec spec)
    {
        if (Take(spec) is { } port)
        {
            return [spec with { HostPort = port, LastHostPort = null }];
        }

        if (spec.Count == 1 || IsFixed(spec))
        {
            return [spec];
        }

        // The host ports of the run were picked one by one.
        PortSpec[] ones =
            [.. Enumerable.Range(spec.ContainerPort, spec.Count).Select(p => spec with { ContainerPort = (ushort)p, Count = 1 })];
        ushort?[] ports = [.. ones.Select(Take)];
        return ports.All(p => p is not null) ? [.. ones.Zip(ports, (one, p) => one with { HostPort = p })] : [spec];
    }

    private ushort? Take(PortSpec spec)
    {
        if (!_before.TryGetValue((spec.ContainerPort, spec.Count, spec.Protocol), out List<PortMapping>? earlier))
        {
            return null;
        }

        int first = spec.HostPort ?? 1;
        int last = spec.LastHostPort ?? spec.HostPort ?? ushort.MaxValue;
        ushort? port = earlier.Find(p => p.HostPort >= first && p.HostPort <= last && HasAddress(p))?.HostPort;
        earlier.RemoveAll(p => p.HostPort == port && HasAddress(p));
        return port;

        bool HasAddress(PortMapping mapping) => spec.HostAddress is null || spec.HostAddress.Equals(mapping.HostAddress);
    }
}
