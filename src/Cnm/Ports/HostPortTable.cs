using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>The published host ports and the sandboxes that hold them. Immutable: a change makes a new table that shares the unchanged
/// parts.</summary>
/// <remarks>A run of ports is one entry, however long it is. Finding, adding and removing an entry take logarithmic time.</remarks>
public sealed class HostPortTable
{
    private static readonly ImmutableSortedSet<HostPortRun> NoRuns = ImmutableSortedSet.Create(HostPortRun.ByFirst);

    private readonly ImmutableDictionary<(PortProtocol, IPAddress Address), ImmutableSortedSet<HostPortRun>> _runs;

    private HostPortTable(ImmutableDictionary<(PortProtocol, IPAddress), ImmutableSortedSet<HostPortRun>> runs) => _runs = runs;

    /// <summary>The table without any published port.</summary>
    public static HostPortTable Empty { get; } = new(ImmutableDictionary<(PortProtocol, IPAddress), ImmutableSortedSet<HostPortRun>>.Empty);

    /// <summary>Returns the table with one more mapping. A mapping that is delivered by routing has no host port and changes
    /// nothing.</summary>
    /// <exception cref="ArgumentException">A mapping in the table with the same address and protocol has one of the ports.</exception>
    public HostPortTable With(SandboxId holder, PortMapping mapping)
    {
        if (mapping.Delivery == PortDelivery.Routing)
        {
            return this;
        }

        HostPortRun run = RunOf(holder, mapping);
        ImmutableSortedSet<HostPortRun> runs = RunsOf(mapping.HostAddress, mapping.Protocol);
        return Highest(runs, run.First, run.Last) is { } there
            ? throw new ArgumentException($"host ports {there.First} to {there.Last} are in the table already", nameof(mapping))
            : new HostPortTable(_runs.SetItem((mapping.Protocol, mapping.HostAddress), runs.Add(run)));
    }

    /// <summary>Returns the table without a mapping; the same table when the mapping is not in it.</summary>
    public HostPortTable Without(SandboxId holder, PortMapping mapping)
    {
        HostPortRun run = RunOf(holder, mapping);
        ImmutableSortedSet<HostPortRun> runs = RunsOf(mapping.HostAddress, mapping.Protocol);
        if (mapping.Delivery == PortDelivery.Routing || !runs.TryGetValue(run, out HostPortRun there) || there != run)
        {
            return this;
        }

        (PortProtocol, IPAddress) key = (mapping.Protocol, mapping.HostAddress);
        return new HostPortTable(runs.Count == 1 ? _runs.Remove(key) : _runs.SetItem(key, runs.Remove(run)));
    }

    /// <summary>Finds a published run that conflicts with one of these ports: the one with the highest last port when there are several,
    /// null when all ports are free.</summary>
    /// <param name="address">The host address. The unspecified address of a family (0.0.0.0 or ::) conflicts with every address of that
    /// family, never with the other family.</param>
    /// <param name="first">The first host port.</param>
    /// <param name="count">The number of consecutive ports.</param>
    /// <param name="protocol">The transport protocol. The same port of another protocol does not conflict.</param>
    public HostPortRun? Find(IPAddress address, int first, int count, PortProtocol protocol)
    {
        int last = first + count - 1;
        IPAddress any = address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        IEnumerable<ImmutableSortedSet<HostPortRun>> clashing = address.Equals(any)
            ? _runs.Where(r => r.Key is var (p, a) && p == protocol && a.AddressFamily == any.AddressFamily).Select(r => r.Value)
            : [RunsOf(address, protocol), RunsOf(any, protocol)];
        HostPortRun? highest = null;
        foreach (ImmutableSortedSet<HostPortRun> runs in clashing)
        {
            if (Highest(runs, first, last) is { } run && !(highest?.Last > run.Last))
            {
                highest = run;
            }
        }

        return highest;
    }

    /// <summary>Finds the run with the highest ports that overlaps the interval. The runs of one address do not overlap each other.
    /// Therefore, if any run overlaps the interval, the last run that begins within or before it does.</summary>
    private static HostPortRun? Highest(ImmutableSortedSet<HostPortRun> runs, int first, int last)
    {
        int index = runs.IndexOf(new HostPortRun((ushort)last, (ushort)last, default));
        int at = index >= 0 ? index : ~index - 1;
        return at >= 0 && runs[at].Last >= first ? runs[at] : null;
    }

    private static HostPortRun RunOf(SandboxId holder, PortMapping mapping) =>
        new(mapping.HostPort, (ushort)(mapping.HostPort + mapping.Count - 1), holder);

    private ImmutableSortedSet<HostPortRun> RunsOf(IPAddress address, PortProtocol protocol) =>
        _runs.GetValueOrDefault((protocol, address), NoRuns);
}
