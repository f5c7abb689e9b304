using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;

namespace Net.Tests.Kernel.Engine;

/// <summary>A firewall that remembers what it was told, and refuses when it is asked to.</summary>
internal sealed class MemoryFirewall : IFirewallBackend
{
    private readonly Dictionary<string, FirewallPolicy> _policies = [];

    public string Name => "memory";

    public bool Refuses { get; set; }

    public int Transactions { get; private set; }

    public IReadOnlyCollection<FirewallPolicy> Policies => _policies.Values;

    public void Change(FirewallChange change)
    {
        if (Refuses)
        {
            throw new CnmException(CnmErrorKind.Unavailable, "the firewall refuses");
        }

        Transactions++;
        foreach (FirewallPolicy gone in change.Remove)
        {
            _policies.Remove(gone.Key);
        }

        foreach (FirewallPolicy come in change.Add)
        {
            _policies[come.Key] = come;
        }
    }

    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired) => new(
        [.. desired.Where(policy => !_policies.ContainsKey(policy.Key))],
        [.. _policies.Keys.Where(key => desired.All(policy => policy.Key != key)).Select(key => new RuleLeftover("rule", key, ""))]);

    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
        _policies.Clear();
        Change(new FirewallChange([.. desired], []));
    }

    public IReadOnlyList<string> Explain(FirewallChange change) =>
        [.. change.Remove.Select(policy => $"# no more {policy.Key}"), .. change.Add.Select(policy => $"# {policy.Key}")];

    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) => [];

    public string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies) => null;

    public IReadOnlyList<string> FindObstacles() => [];

    public IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets) => [];

    public IReadOnlyList<string> FindLegacyTables() => [];

    public void RemoveAll() => _policies.Clear();
}
