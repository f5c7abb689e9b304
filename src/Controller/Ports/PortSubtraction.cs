using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Controller.Ports;

/// <summary>Takes ports out of what is published. A run of which a part goes is split, and its other ports stay what they are.</summary>
internal static class PortSubtraction
{
    /// <summary>What is left of specifications.</summary>
    /// <param name="specs">What was asked for until now.</param>
    /// <param name="gone">
    /// What is to go. Without a host port: every mapping of its container ports; with one: that mapping, also of a specification that had its host port
    /// picked. Without a host address: on every one.
    /// </param>
    /// <param name="chosen">What was chosen for the specifications, by which picked host ports are known.</param>
    /// <param name="container">The container's name, for the message.</param>
    /// <exception cref="CnmException">NotFound: one of the ports is not published so.</exception>
    public static IReadOnlyList<PortSpec> Remove(
        IReadOnlyList<PortSpec> specs, PortSpec gone, IReadOnlyList<PortMapping> chosen, string container)
    {
        bool[] found = new bool[gone.Count];
        IReadOnlyList<PortSpec> left = Without(specs, gone, (spec, port) => IsAskedFor(spec, gone) && Note(found, gone, port));
        if (gone.HostPort is not null && !found.Contains(true))
        {
            left = Without(specs, gone, (spec, port) => IsPicked(spec, gone, chosen, port) && Note(found, gone, port));
        }

        int missing = Array.IndexOf(found, false);
        return missing < 0 ? left : throw new CnmException(
            CnmErrorKind.NotFound,
            $"container {container} has not published {PartOf(gone, gone.ContainerPort + missing, 1)}; netctl port {container} shows what it has published");
    }

    /// <summary>What is left of mappings, so that picked host ports are known when a specification is split.</summary>
    public static IReadOnlyList<PortMapping> Remove(IReadOnlyList<PortMapping> chosen, PortSpec gone)
    {
        var left = new List<PortMapping>(chosen.Count);
        foreach (PortMapping mapping in chosen)
        {
            bool concerned = mapping.Protocol == gone.Protocol
                && (gone.HostAddress is null || gone.HostAddress.Equals(mapping.HostAddress))
                && (gone.HostPort is null || gone.LastHostPort is not null || Shift(mapping) == Shift(gone))
                && Overlap(mapping.ContainerPort, mapping.Count, gone);
            left.AddRange(concerned
                ? Runs(mapping.ContainerPort, mapping.Count, port => Covers(gone, port)).Select(run => PartOf(mapping, run.First, run.Count))
                : [mapping]);
        }

        return left;
    }

    private static List<PortSpec> Without(IReadOnlyList<PortSpec> specs, PortSpec gone, Func<PortSpec, int, bool> goes)
    {
        var left = new List<PortSpec>(specs.Count);
        foreach (PortSpec spec in specs)
        {
            left.AddRange(IsSameSide(spec, gone) && Overlap(spec.ContainerPort, spec.Count, gone)
                ? Runs(spec.ContainerPort, spec.Count, port => goes(spec, port)).Select(run => PartOf(spec, run.First, run.Count))
                : [spec]);
        }

        return left;
    }

    private static PortSpec PartOf(PortSpec spec, int first, int count) => spec with
    {
        HostPort = spec.HostPort is { } host ? (ushort)(host + first - spec.ContainerPort) : null,
        ContainerPort = (ushort)first,
        Count = (ushort)count,
    };

    private static PortMapping PartOf(PortMapping mapping, int first, int count) => mapping with
    {
        HostPort = (ushort)(mapping.Delivery == PortDelivery.Routing ? 0 : mapping.HostPort + first - mapping.ContainerPort),
        ContainerPort = (ushort)first,
        Count = (ushort)count,
    };

    /// <summary>The runs of ports that are left when some go.</summary>
    private static IEnumerable<(int First, int Count)> Runs(int start, int count, Func<int, bool> goes)
    {
        int end = start + count;
        for (int port = start; port < end; port++)
        {
            if (goes(port))
            {
                if (port > start)
                {
                    yield return (start, port - start);
                }

                start = port + 1;
            }
        }

        if (end > start)
        {
            yield return (start, end - start);
        }
    }

    private static bool Note(bool[] found, PortSpec gone, int port) => Covers(gone, port) && (found[port - gone.ContainerPort] = true);

    private static bool Overlap(int first, int count, PortSpec gone) => first < gone.ContainerPort + gone.Count && gone.ContainerPort < first + count;

    private static bool Covers(PortSpec spec, int port) => port >= spec.ContainerPort && port < spec.ContainerPort + spec.Count;

    private static bool IsSameSide(PortSpec spec, PortSpec gone) =>
        spec.Protocol == gone.Protocol && (gone.HostAddress is null || gone.HostAddress.Equals(spec.HostAddress));

    private static bool IsAskedFor(PortSpec spec, PortSpec gone) =>
        gone.HostPort is null || (spec.LastHostPort == gone.LastHostPort && Shift(spec) == Shift(gone));

    private static bool IsPicked(PortSpec spec, PortSpec gone, IReadOnlyList<PortMapping> chosen, int port) =>
        (spec.HostPort is null || spec.LastHostPort is not null)
        && gone.LastHostPort is null
        && chosen.Any(m => m.Protocol == spec.Protocol && port >= m.ContainerPort && port < m.ContainerPort + m.Count && Shift(m) == Shift(gone));

    private static int? Shift(PortSpec spec) => spec.HostPort - spec.ContainerPort;

    private static int Shift(PortMapping mapping) => mapping.HostPort - mapping.ContainerPort;
}
