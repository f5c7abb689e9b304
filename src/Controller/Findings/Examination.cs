using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Controller.Plans;

namespace Net.Controller.Findings;

/// <summary>Looks for faults of the host that are no differences of our own objects: reads what the checks need, once, and lets each of
/// them decide. Runs inside the operation queue.</summary>
internal static class Examination
{
    private static readonly Func<FindingFacts, IEnumerable<Finding>>[] Checks =
    [
        ForeignRules.Find,
        HiddenSubnets.Find,
        ForwardingStops.Find,
        StaleNeighbours.Find,
        WrongMtus.Find,
        DuplicateAddresses.Find,
        TakenPorts.Find,
        FullPools.Find,
        ReversePaths.Find,
        MixedBackends.Find,
        FullNeighbourTables.Find,
        MissingFeatures.Find,
    ];

    /// <summary>What is found, faults before notes.</summary>
    /// <param name="parts">The controller's parts.</param>
    /// <param name="silent">The DNS servers that do not answer.</param>
    public static IReadOnlyList<Finding> Run(ControllerParts parts, IReadOnlyCollection<SilentResolver> silent)
    {
        if (parts.Runner.KernelIsEmpty)
        {
            return [];
        }

        HostView host = parts.Runner.ReadHost();
        IReadOnlyList<DesiredObject> desired = parts.Planner.PlanAll(parts.Model.Current, host).Objects;
        var wanted = new FindingFacts(parts.Model.Current, desired, host.Facts);
        HostSurvey survey = parts.Engine.Survey(new SurveyRequest
        {
            Desired = desired,
            Addresses = [.. HiddenSubnets.AddressesOf(wanted)],
            Packets = [.. ForeignRules.PacketsOf(wanted)],
            Ports = [.. TakenPorts.PortsOf(wanted)],
        });
        var facts = new FindingFacts(parts.Model.Current, desired, host.Facts, survey);
        return
        [
            .. Decide(facts)
                .Concat(DeadResolvers.Find(facts, silent, parts.Options.Resolver.Servers.Count > 0))
                .Concat(LostEndpoints.Find(facts, parts.ForeignJoins, parts.Time.GetUtcNow()))
                .OrderBy(finding => finding.Grade),
        ];
    }

    /// <summary>What the checks of the kernel find.</summary>
    internal static IEnumerable<Finding> Decide(FindingFacts facts) => Checks.SelectMany(check => check(facts)).Distinct();

    /// <summary>Mends what is ours to mend among these findings.</summary>
    /// <returns>A sentence for each that could not be mended.</returns>
    public static IReadOnlyList<string> Mend(ControllerParts parts, IReadOnlyList<Finding> findings)
    {
        (DesiredObject, string)[] repairs =
            [.. findings.Where(finding => finding.Repair is not null).Select(finding => (finding.Repair!, finding.Cause))];
        return repairs.Length == 0 ? [] : parts.Engine.Mend(new StateDifference([], repairs, [], [], []));
    }
}
