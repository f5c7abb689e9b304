using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;

namespace Net.Firewall.Firewalld;

/// <summary>A backend that also puts each bridge into a firewalld zone whose traffic is accepted, where firewalld runs. Without firewalld
/// it adds nothing.</summary>
/// <param name="rules">The backend that writes the rules.</param>
/// <param name="zone">The zone that bridges are put into.</param>
public sealed class FirewalldBackend(IFirewallBackend rules, FirewalldZone zone) : IFirewallBackend, IDisposable
{
    /// <inheritdoc/>
    public string Name => rules.Name;

    /// <inheritdoc/>
    public void Change(FirewallChange change)
    {
        (string[] joining, string[] leaving) = Bridges(change);
        rules.Change(change);
        if (joining.Length + leaving.Length == 0 || !zone.IsActive())
        {
            return;
        }

        try
        {
            IReadOnlySet<string> members = zone.ReadMembers();
            Array.ForEach([.. leaving.Where(members.Contains)], zone.Remove);
            Array.ForEach([.. joining.Where(bridge => !members.Contains(bridge))], zone.Add);
        }
        catch (CnmException)
        {
            rules.Change(change.Inverse());
            throw;
        }
    }

    /// <inheritdoc/>
    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired)
    {
        FirewallDifference difference = rules.Diff(desired);
        HashSet<FirewallPolicy> missing = [.. difference.Missing, .. OutsideZone(desired)];
        return missing.Count == difference.Missing.Count
            ? difference
            : difference with { Missing = [.. desired.Where(missing.Contains)], IsOvertaken = false };
    }

    /// <inheritdoc/>
    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
        rules.Reconcile(desired);
        foreach (BridgePolicy bridge in OutsideZone(desired))
        {
            zone.Add(bridge.Bridge);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(FirewallChange change)
    {
        (string[] joining, string[] leaving) = Bridges(change);
        return joining.Length + leaving.Length == 0 || !zone.IsActive()
            ? rules.Explain(change)
            : [.. rules.Explain(change), .. leaving.Select(FirewalldZone.ExplainRemove), .. joining.Select(FirewalldZone.ExplainAdd)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) => rules.ReadTraffic(ports);

    /// <inheritdoc/>
    public string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies) => rules.FindHolder(policies);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindObstacles() => rules.FindObstacles();

    /// <inheritdoc/>
    public IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets) => rules.FindStopped(packets);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindLegacyTables() => rules.FindLegacyTables();

    /// <inheritdoc/>
    public void RemoveAll() => rules.RemoveAll();

    /// <summary>Disposes of the zone and of the backend that writes the rules.</summary>
    public void Dispose()
    {
        zone.Dispose();
        (rules as IDisposable)?.Dispose();
    }

    private static (string[] Joining, string[] Leaving) Bridges(FirewallChange change)
    {
        HashSet<string> before = [.. change.Remove.OfType<BridgePolicy>().Select(policy => policy.Bridge)];
        HashSet<string> after = [.. change.Add.OfType<BridgePolicy>().Select(policy => policy.Bridge)];
        return ([.. after.Except(before)], [.. before.Except(after)]);
    }

    private IReadOnlyList<BridgePolicy> OutsideZone(IReadOnlyCollection<FirewallPolicy> desired)
    {
        BridgePolicy[] bridges = [.. desired.OfType<BridgePolicy>()];
        if (bridges.Length == 0 || !zone.IsActive())
        {
            return [];
        }

        IReadOnlySet<string> members = zone.ReadMembers();
        return [.. bridges.Where(bridge => !members.Contains(bridge.Bridge))];
    }
}
