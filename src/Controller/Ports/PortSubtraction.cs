using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Controller.Ports;

/// <summary>Removes ports from published ones. A run of consecutive ports that loses some of them is split; its other ports keep their host
/// ports.</summary>
internal static class PortSubtraction
{
    /// <summary>The specifications without the removed ports.</summary>
    /// <param name="specs">The specifications so far.</param>
    /// <param name="removed">
    /// The ports to remove. Without a host port: every mapping of its container ports. With a host port: that mapping, also when the host
    /// port was picked. Without a host address: the mappings on every address.
    /// </param>
    /// <param name="chosen">The mappings that were chosen for the specifications. They say which host ports were picked.</param>
    /// <param name="container">The container's name, for the message.</param>
    /// <exception cref="CnmException">NotFound: one of the ports is not published in this way.</exception>
    public static IReadOnlyList<PortSpec> Remove(
        IReadOnlyList<PortSpec> specs, PortSpec removed, IReadOnlyList<PortMapping> chosen, string container)
    {
        bool[] found = new bool[removed.Count];
        IReadOnlyList<PortSpec> left = Without(
            specs, removed, (spec, port) => IsAskedFor(spec, removed) && MarkFound(found, removed, port));
        if (removed.HostPort is not null && !found.Contains(true))
        {
            left = Without(specs, removed, (spec, port) => IsPicked(spec, removed, chosen, port) && MarkFound(found, removed, port));
        }

        int missing = Array.IndexOf(found, false);
        return missing < 0 ? left : throw new CnmException(
            CnmErrorKind.NotFound,
            $"container {container} has not published {PartOf(removed, removed.ContainerPort + missing, 1)}; "
                + $"netctl port {container} shows what it has published");
    }

    /// <summary>The mappings without the removed ports. They say which host ports were picked when a specification is split.</summary>
    public static IReadOnlyList<PortMapping> Remove(IReadOnlyList<PortMapping> chosen, PortSpec removed)
    {
        var left = new List<PortMapping>(chosen.Count);
        foreach (PortMapping mapping in chosen)
        {
            bool isAffected = mapping.Protocol == removed.Protocol
                && (removed.HostAddress is null || removed.HostAddress.Equals(mapping.HostAddress))
                && (removed.HostPort is null || removed.LastHostPort is not null || Shift(mapping) == Shift(removed))
                && Overlap(mapping.ContainerPort, mapping.Count, removed);
            left.AddRange(isAffected
                ? Runs(mapping.ContainerPort, mapping.Count, port => Covers(removed, port))
                    .Select(run => PartOf(mapping, run.First, run.Count))
                : [mapping]);
        }

        return left;
    }

    private static List<PortSpec> Without(IReadOnlyList<PortSpec> specs, PortSpec removed, Func<PortSpec, int, bool> isRemoved)
    {
        var left = new List<PortSpec>(specs.Count);
        foreach (PortSpec spec in specs)
        {
            left.AddRange(IsSameSide(spec, removed) && Overlap(spec.ContainerPort, spec.Count, removed)
                ? Runs(spec.ContainerPort, spec.Count, port => isRemoved(spec, port)).Select(run => PartOf(spec, run.First, run.Count))
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

    /// <summary>The runs of consecutive ports that are left when some are removed.</summary>
    private static IEnumerable<(int First, int Count)> Runs(int start, int count, Func<int, bool> isRemoved)
    {
        int end = start + count;
        for (int port = start; port < end; port++)
        {
            if (isRemoved(port))
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

    private static bool MarkFound(bool[] found, PortSpec removed, int port) =>
        Covers(removed, port) && (found[port - removed.ContainerPort] = true);

    private static bool Overlap(int first, int count, PortSpec removed) =>
        first < removed.ContainerPort + removed.Count && removed.ContainerPort < first + count;

    private static bool Covers(PortSpec spec, int port) => port >= spec.ContainerPort && port < spec.ContainerPort + spec.Count;

    private static bool IsSameSide(PortSpec spec, PortSpec removed) =>
        spec.Protocol == removed.Protocol && (removed.HostAddress is null || removed.HostAddress.Equals(spec.HostAddress));

    private static bool IsAskedFor(PortSpec spec, PortSpec removed) =>
        removed.HostPort is null || (spec.LastHostPort == removed.LastHostPort && Shift(spec) == Shift(removed));

    private static bool IsPicked(PortSpec spec, PortSpec removed, IReadOnlyList<PortMapping> chosen, int port) =>
        (spec.HostPort is null || spec.LastHostPort is not null)
        && removed.LastHostPort is null
        && chosen.Any(
            m => m.Protocol == spec.Protocol && port >= m.ContainerPort && port < m.ContainerPort + m.Count && Shift(m) == Shift(removed));

    private static int? Shift(PortSpec spec) => spec.HostPort - spec.ContainerPort;

    private static int Shift(PortMapping mapping) => mapping.HostPort - mapping.ContainerPort;
}
