using System.Globalization;
using Net.Api.Containers;

namespace Net.Api.Texts;

/// <summary>Writes ports as Docker does. Daemon and client both use it.</summary>
public static class PortText
{
    /// <summary>
    /// The ports of one container in a cell, consecutive ones together: <c>0.0.0.0:8000-8010-&gt;80-90/tcp, [::]:8000-8010-&gt;80-90/tcp,
    /// 443/tcp</c>.
    /// </summary>
    public static string List(IEnumerable<PortSummary> ports) => string.Join(", ", ports
        .GroupBy(p => (p.IP, p.Type, p.PublicPort == 0, Shift: p.PublicPort - (p.PublicPort == 0 ? 0 : p.PrivatePort)))
        .SelectMany(Runs)
        .OrderBy(r => r.First.PrivatePort).ThenBy(r => r.First.Type, StringComparer.Ordinal)
        .ThenBy(r => r.First.IP?.Contains(':', StringComparison.Ordinal)).ThenBy(r => r.First.PublicPort)
        .Select(Text));

    /// <summary>A host address and port: <c>0.0.0.0:8080</c>, <c>[::]:8080</c>.</summary>
    public static string HostPort(string address, string port) =>
        address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    /// <summary>A port, or the first and last of a run: <c>80</c>, <c>80-90</c>.</summary>
    public static string Run(int first, int count) =>
        count > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{first}-{first + count - 1}")
            : first.ToString(CultureInfo.InvariantCulture);

    // Joins consecutive ports. All have the same address, protocol and difference of host port and container port.
    private static IEnumerable<(PortSummary First, int Count)> Runs(IEnumerable<PortSummary> ports)
    {
        (PortSummary First, int Count)? run = null;
        foreach (PortSummary port in ports.OrderBy(p => p.PrivatePort))
        {
            if (run is var (first, count) && port.PrivatePort <= first.PrivatePort + count)
            {
                run = (first, port.PrivatePort - first.PrivatePort + 1);
                continue;
            }

            if (run is { } ended)
            {
                yield return ended;
            }

            run = (port, 1);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }

    private static string Text((PortSummary First, int Count) run)
    {
        string inside = $"{Run(run.First.PrivatePort, run.Count)}/{run.First.Type}";
        return run.First.PublicPort == 0 ? inside : $"{HostPort(run.First.IP ?? "", Run(run.First.PublicPort, run.Count))}->{inside}";
    }
}
