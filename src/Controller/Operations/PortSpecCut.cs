using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Controller.Operations;

/// <summary>Takes ports out of specifications. A run of which a part goes is split, and its other ports stay what they are.</summary>
internal static class PortSpecCut
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
        PortSpec[] left = [.. specs.SelectMany(s => Without(s, port => IsAskedFor(s, gone) && Note(found, gone, port)))];
        if (gone.HostPort is not null && !found.Contains(true))
        {
            left = [.. specs.SelectMany(s => Without(s, port => IsPicked(s, gone, chosen, port) && Note(found, gone, port)))];
        }

        int missing = Array.IndexOf(found, false);
        return missing < 0 ? left : throw new CnmException(
            CnmErrorKind.NotFound, $"container {container} has not published {Shown(gone, missing)}; netctl port {container} shows what it has published");
    }

    /// <summary>A specification in as many parts as are left when some of its container ports go.</summary>
    private static IEnumerable<PortSpec> Without(PortSpec spec, Func<int, bool> goes)
    {
        int start = spec.ContainerPort;
        int end = start + spec.Count;
        for (int port = start; port < end; port++)
        {
            if (goes(port))
            {
                if (port > start)
                {
                    yield return Part(spec, start, port - start);
                }

                start = port + 1;
            }
        }

        if (end > start)
        {
            yield return Part(spec, start, end - start);
        }
    }

    private static PortSpec Part(PortSpec spec, int first, int count) => count == spec.Count ? spec : spec with
    {
        HostPort = spec.HostPort is { } host ? (ushort)(host + first - spec.ContainerPort) : null,
        ContainerPort = (ushort)first,
        Count = (ushort)count,
    };

    private static bool Note(bool[] found, PortSpec gone, int port)
    {
        int index = port - gone.ContainerPort;
        return index >= 0 && index < found.Length && (found[index] = true);
    }

    private static bool IsSameSide(PortSpec spec, PortSpec gone) =>
        spec.Protocol == gone.Protocol && (gone.HostAddress is null || gone.HostAddress.Equals(spec.HostAddress));

    private static bool IsAskedFor(PortSpec spec, PortSpec gone) => IsSameSide(spec, gone)
        && (gone.HostPort is null
            || (spec.LastHostPort == gone.LastHostPort && spec.HostPort - spec.ContainerPort == gone.HostPort - gone.ContainerPort));

    private static bool IsPicked(PortSpec spec, PortSpec gone, IReadOnlyList<PortMapping> chosen, int port) =>
        IsSameSide(spec, gone)
        && (spec.HostPort is null || spec.LastHostPort is not null)
        && gone.LastHostPort is null
        && chosen.Any(m => m.Protocol == spec.Protocol && port >= m.ContainerPort && port < m.ContainerPort + m.Count
            && m.HostPort - m.ContainerPort == gone.HostPort - gone.ContainerPort);

    private static string Shown(PortSpec gone, int index)
    {
        string address = gone.HostAddress switch
        {
            null => "",
            { AddressFamily: AddressFamily.InterNetworkV6 } ipv6 => $"[{ipv6}]:",
            IPAddress ipv4 => $"{ipv4}:",
        };
        string host = gone switch
        {
            { HostPort: null } => gone.HostAddress is null ? "" : ":",
            { LastHostPort: { } last } => $"{gone.HostPort}-{last}:",
            _ => $"{gone.HostPort + index}:",
        };
        return $"{address}{host}{gone.ContainerPort + index}/{gone.Protocol.ToWord()}";
    }
}
