using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Flows;
using Net.Kernel.Steps;

namespace Net.Kernel.Firewalls;

/// <summary>The firewall's part of a change: unlike all other objects, policies go to the kernel together, in one transaction. What was
/// tracked by the rules before is forgotten after it.</summary>
internal sealed class FirewallPart(IFirewallBackend backend, FlowCleaner flows)
{
    /// <summary>The step that carries out the firewall's part of a change; none when the change has no policies.</summary>
    public IEnumerable<Step> Of(StateChange change)
    {
        FirewallPolicy[] add = [.. change.Add.OfType<FirewallPolicy>(), .. change.Replace.Select(pair => pair.To).OfType<FirewallPolicy>()];
        FirewallPolicy[] remove =
        [
            .. change.Replace.Select(pair => pair.From).OfType<FirewallPolicy>(),
            .. change.Remove.OfType<FirewallPolicy>(),
        ];
        if (add.Length + remove.Length == 0)
        {
            return [];
        }

        var rules = new FirewallChange(add, remove);
        FirewallPolicy[] both = [.. add, .. remove];
        DesiredObject subject = add.Length > 0 ? add[0] : remove[0];
        return
        [
            new ActionStep(ApplyPhase.Firewall, subject, () => string.Join('\n', [.. backend.Explain(rules), .. FlowCleaner.Explain(both)]))
            {
                Do = _ =>
                {
                    backend.Change(rules);
                    flows.Forget(both);
                    return () =>
                    {
                        backend.Change(rules.Inverse());
                        flows.Forget(both);
                    };
                },
            },
        ];
    }
}
