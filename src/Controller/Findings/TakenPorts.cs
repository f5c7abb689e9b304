using System.Globalization;
using System.Net;
using Net.Cnm.Findings;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Findings;

/// <summary>Finds containers that could not be started because another program has a host port that they want.</summary>
/// <remarks>A port of a running container that another program took while the daemon was away is a difference.</remarks>
internal static class TakenPorts
{
    private const int MostPorts = 256;

    /// <summary>The host ports whose holders are looked for: those of containers whose last start failed.</summary>
    public static IEnumerable<(PortProtocol Protocol, IPAddress Address, ushort Port)> PortsOf(FindingFacts facts) =>
        [.. Waiting(facts).SelectMany(sandbox => PortsOf(sandbox)).Distinct().Take(MostPorts)];

    public static IEnumerable<Finding> Find(FindingFacts facts)
    {
        foreach (Sandbox sandbox in Waiting(facts))
        {
            IEnumerable<PortOccupant> occupants = facts.Survey.Occupants.Where(occupant => PortsOf(sandbox).Any(port =>
                port.Protocol == occupant.Protocol && port.Port == occupant.Port && Meet(port.Address, occupant.Address)));
            foreach (PortOccupant occupant in occupants.Distinct())
            {
                string word = occupant.Protocol.ToWord();
                yield return new Finding
                {
                    Kind = FindingKinds.TakenPort,
                    Object = $"container {sandbox.Name}",
                    Cause = string.Create(
                        CultureInfo.InvariantCulture,
                        $"it could not be started, since {occupant.Program ?? "another program"} has its host port " +
                        $"{occupant.Port}/{word} ({occupant.Address})"),
                    Look = string.Create(
                        CultureInfo.InvariantCulture, $"ss -Hlnp{(word == "udp" ? 'u' : 't')} 'sport = :{occupant.Port}'"),
                    Remedy = $"stop that program, or publish another port, then netctl start {sandbox.Name}",
                };
            }
        }
    }

    private static IEnumerable<Sandbox> Waiting(FindingFacts facts) => facts.Model.Sandboxes.Where(
        sandbox => sandbox is { StartError: { } error, State: SandboxState.Created or SandboxState.Exited }
            && error.Contains("already in use", StringComparison.Ordinal));

    private static bool Meet(IPAddress wanted, IPAddress taken) =>
        wanted.Equals(taken) || IsAny(wanted) || IsAny(taken);

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IEnumerable<(PortProtocol Protocol, IPAddress Address, ushort Port)> PortsOf(Sandbox sandbox) =>
        from spec in sandbox.PortSpecs
        where spec.HostPort is not null
        from place in Enumerable.Range(0, spec.Count)
        select (spec.Protocol, spec.HostAddress ?? IPAddress.Any, (ushort)(spec.HostPort!.Value + place));
}
