using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Ports;

/// <summary>The ports of a sandbox that are to be published: those requested with <c>-p</c>, and with <c>-P</c> the exposed ones
/// too.</summary>
internal static class PublishedSpecs
{
    /// <summary>The specifications, those requested with <c>-p</c> first.</summary>
    public static IReadOnlyList<PortSpec> Of(Sandbox sandbox) =>
        sandbox is { PublishAll: true, ExposedPorts.Count: > 0 } ? [.. sandbox.PortSpecs, .. Exposed(sandbox)] : sandbox.PortSpecs;

    private static IEnumerable<PortSpec> Exposed(Sandbox sandbox)
    {
        foreach (PortProtocol protocol in sandbox.ExposedPorts.Select(p => p.Protocol).Distinct())
        {
            var wanted = new SortedSet<int>(
                sandbox.ExposedPorts.Where(p => p.Protocol == protocol).SelectMany(p => Enumerable.Range(p.Port, p.Count)));
            wanted.ExceptWith(
                sandbox.PortSpecs.Where(s => s.Protocol == protocol).SelectMany(s => Enumerable.Range(s.ContainerPort, s.Count)));
            foreach ((int first, int count) in Runs(wanted))
            {
                yield return new PortSpec { ContainerPort = (ushort)first, Count = (ushort)count, Protocol = protocol };
            }
        }
    }

    private static IEnumerable<(int First, int Count)> Runs(IEnumerable<int> ascending)
    {
        (int First, int Count)? run = null;
        foreach (int port in ascending)
        {
            if (run is { } open && port == open.First + open.Count)
            {
                run = (open.First, open.Count + 1);
                continue;
            }

            if (run is { } closed)
            {
                yield return closed;
            }

            run = (port, 1);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }
}
