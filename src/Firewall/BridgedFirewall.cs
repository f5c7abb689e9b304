using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Firewall.Nftables;

namespace Net.Firewall;

/// <summary>Combines a backend for the traffic that the host routes with <c>table bridge netctl</c> for the frames that go from port to
/// port of a bridge, and with the tables that keep connection tracking on.</summary>
/// <remarks>The tables of nf_tables are changed first: over netlink it can be undone without risk when the other backend refuses.</remarks>
/// <param name="host">The backend for all traffic but that inside a bridge.</param>
/// <param name="bridge">The nftables backend, limited to the tables that both backends use; null where the kernel has no nf_tables.</param>
public sealed class BridgedFirewall(IFirewallBackend host, NftablesBackend? bridge) : IFirewallBackend, IDisposable
{
    /// <inheritdoc/>
    public string Name => host.Name;

    /// <inheritdoc/>
    public void Change(FirewallChange change)
    {
        bridge?.Change(change);
        FirewallChange rest = new(OfHost(change.Add), OfHost(change.Remove));
        if (rest.Add.Count + rest.Remove.Count == 0)
        {
            return;
        }

        try
        {
            host.Change(rest);
        }
        catch (CnmException)
        {
            bridge?.Change(change.Inverse());
            throw;
        }
    }

    /// <inheritdoc/>
    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired)
    {
        FirewallDifference routed = host.Diff(OfHost(desired));
        if (bridge is null)
        {
            return routed;
        }

        FirewallDifference bridged = bridge.Diff(desired);
        return new FirewallDifference([.. routed.Missing.Union(bridged.Missing)], [.. routed.Leftover, .. bridged.Leftover])
        {
            IsOvertaken = routed.IsOvertaken && bridged.IsEmpty,
        };
    }

    /// <inheritdoc/>
    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
        bridge?.Reconcile(desired);
        host.Reconcile(OfHost(desired));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(FirewallChange change) =>
        [.. bridge?.Explain(change) ?? [], .. host.Explain(new FirewallChange(OfHost(change.Add), OfHost(change.Remove)))];

    /// <inheritdoc/>
    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) => host.ReadTraffic(ports);

    /// <inheritdoc/>
    public string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies) => host.FindHolder(OfHost(policies));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindObstacles() =>
    [
        .. host.FindObstacles(),
        .. bridge is null
            ? ["the kernel has no nf_tables, so containers on one bridge are not kept from each other's addresses; load the module " +
                "nf_tables and start the daemon again"]
            : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets) => host.FindStopped(packets);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindLegacyTables() => host.FindLegacyTables();

    /// <inheritdoc/>
    public void RemoveAll()
    {
        bridge?.RemoveAll();
        host.RemoveAll();
    }

    /// <summary>Closes both backends; the rules stay.</summary>
    public void Dispose()
    {
        bridge?.Dispose();
        (host as IDisposable)?.Dispose();
    }

    private static FirewallPolicy[] OfHost(IEnumerable<FirewallPolicy> policies) =>
        [.. policies.Where(policy => policy is not (EndpointPolicy or AddressPolicy or SourcePolicy))];
}
