using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>A choice of host ports in progress. It knows the ports of other sandboxes, and those already chosen for earlier specifications
/// of this container.</summary>
internal sealed class HostPortDraft(HostPortTable taken, HostPortRules rules, Func<SandboxId, string> nameOf)
{
    /// <summary>The id under which the table holds the ports of the container that is being published.</summary>
    private static SandboxId Own => default;

    private readonly List<(PortSpec Spec, PortMapping Mapping)> _placed = [];
    private HostPortTable _taken = taken;

    /// <summary>The host port at which the next choice starts.</summary>
    public ushort Cursor { get; private set; } = rules.Cursor;

    /// <summary>Chooses the host ports of a specification, and reserves them against the specifications that follow.</summary>
    public IReadOnlyList<PortMapping> Place(PortSpec spec)
    {
        PortMapping[] patterns = [.. HostAddressChoice.Of(spec, rules)];
        IPAddress[] addresses = [.. patterns.Where(p => p.Delivery != PortDelivery.Routing).Select(p => p.HostAddress)];
        return spec switch
        {
            _ when addresses.Length == 0 => patterns,
            { LastHostPort: { } last } => Claim(spec, patterns, PickWithin(spec, addresses, last)),
            { HostPort: { } port } => Claim(spec, patterns, RequireFree(spec, addresses, port)),
            _ when Scan(addresses, spec) is { } first => Claim(spec, patterns, Advance(first, spec.Count)),
            _ => PlaceOneByOne(spec, patterns, addresses),
        };
    }

    private List<PortMapping> PlaceOneByOne(PortSpec run, PortMapping[] patterns, IPAddress[] addresses)
    {
        var mappings = new List<PortMapping>();
        for (int i = 0; i < run.Count; i++)
        {
            PortSpec one = run with { ContainerPort = (ushort)(run.ContainerPort + i), Count = 1 };
            ushort port = Scan(addresses, one)
                ?? throw NoneFree(run, rules.First, rules.Last, "name a host port, or give the daemon a larger --port-range");
            mappings.AddRange(Claim(
                one, [.. patterns.Select(p => p with { ContainerPort = one.ContainerPort, Count = 1 })], Advance(port, 1)));
        }

        return mappings;
    }

    private PortMapping[] Claim(PortSpec spec, PortMapping[] patterns, ushort port)
    {
        PortMapping[] mappings = [.. patterns.Select(p => p.Delivery == PortDelivery.Routing ? p : p with { HostPort = port })];
        foreach (PortMapping mapping in mappings)
        {
            _taken = _taken.With(Own, mapping);
            _placed.Add((spec, mapping));
        }

        return mappings;
    }

    private ushort RequireFree(PortSpec spec, IPAddress[] addresses, ushort port)
    {
        foreach (IPAddress address in addresses)
        {
            if (_taken.Find(address, port, spec.Count, spec.Protocol) is { } there)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    there.Holder == Own
                        ? $"host port {Shared(there, port, spec)} is asked for twice, by \"{Placed(there, address, spec.Protocol)}\" and " +
                            $"\"{spec}\"; choose another host port for one of them"
                        : $"port {Shared(there, port, spec)} on {HostAddressChoice.Shown(address)} is already published by container " +
                            $"\"{nameOf(there.Holder)}\"; choose another host port");
            }
        }

        return port;
    }

    /// <summary>Formats the host ports, with their protocol, that both a run and a specification placed at a host port contain.</summary>
    private static string Shared(HostPortRun run, ushort port, PortSpec spec) =>
        $"{PortRunText.Of(Math.Max(run.First, port), Math.Min(run.Last, port + spec.Count - 1))}/{spec.Protocol.ToWord()}";

    private PortSpec Placed(HostPortRun run, IPAddress address, PortProtocol protocol) => _placed.First(p =>
        p.Mapping.Protocol == protocol
        && p.Mapping.HostPort == run.First
        && HostPortTable.Empty.With(Own, p.Mapping).Find(address, run.First, 1, protocol) is not null).Spec;

    private ushort PickWithin(PortSpec spec, IPAddress[] addresses, ushort last)
    {
        ushort first = spec.HostPort ?? throw new ArgumentException("a range of host ports has no first one", nameof(spec));
        int passOver = rules.PassOver;
        for (int port = first; port <= last; port++)
        {
            if (addresses.All(a => _taken.Find(a, port, 1, spec.Protocol) is null) && passOver-- == 0)
            {
                return (ushort)port;
            }
        }

        throw NoneFree(spec, first, last, "give a larger range of host ports");
    }

    /// <summary>Finds the first free run of ports at or after the cursor; if there is none, the first from the beginning of the range. Null
    /// when no run is free.</summary>
    private ushort? Scan(IPAddress[] addresses, PortSpec spec)
    {
        int start = Cursor < rules.First || Cursor > rules.Last ? rules.First : Cursor;
        return Scan(addresses, spec, start, rules.Last) ?? Scan(addresses, spec, rules.First, Math.Min(start + spec.Count - 2, rules.Last));
    }

    private ushort? Scan(IPAddress[] addresses, PortSpec spec, int from, int to)
    {
        for (int first = from; first + spec.Count - 1 <= to;)
        {
            if (LastInTheWay(addresses, spec, first) is not { } last)
            {
                return (ushort)first;
            }

            first = last + 1;
        }

        return null;
    }

    private int? LastInTheWay(IPAddress[] addresses, PortSpec spec, int first)
    {
        foreach (IPAddress address in addresses)
        {
            if (_taken.Find(address, first, spec.Count, spec.Protocol) is { } run)
            {
                return run.Last;
            }
        }

        for (int port = first + spec.Count - 1; rules.Reserved.Count > 0 && port >= first; port--)
        {
            if (rules.Reserved.Contains((ushort)port))
            {
                return port;
            }
        }

        return null;
    }

    private ushort Advance(ushort first, ushort count)
    {
        int next = first + count;
        Cursor = next > rules.Last ? rules.First : (ushort)next;
        return first;
    }

    private static CnmException NoneFree(PortSpec spec, ushort first, ushort last, string remedy) => new(
        CnmErrorKind.Unavailable,
        spec.Count == 1
            ? $"no host port is free for container port {spec.ContainerPorts}: all from {first} to {last} are published or reserved; " +
                $"{remedy}"
            : $"not enough host ports are free for container ports {spec.ContainerPorts}: too many from {first} to {last} are published " +
                $"or reserved; {remedy}");
}
