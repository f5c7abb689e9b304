using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Steps;

namespace Net.Kernel.Firewalls;

/// <summary>The firewall's part of a change: unlike all other objects, policies go to the kernel together, in one transaction.</summary>
internal sealed class FirewallPart(IFirewallBackend backend)
{
    /// <summary>The step that carries out all that a change says about the firewall; nothing when it says nothing.</summary>
    public IEnumerable<Step> Of(StateChange change)
    {
        FirewallPolicy[] add = [.. change.Add.OfType<FirewallPolicy>(), .. change.Replace.Select(pair => pair.To).OfType<FirewallPolicy>()];
        FirewallPolicy[] remove = [.. change.Replace.Select(pair => pair.From).OfType<FirewallPolicy>(), .. change.Remove.OfType<FirewallPolicy>()];
        if (add.Length + remove.Length == 0)
        {
            return [];
        }

        var rules = new FirewallChange(add, remove);
        DesiredObject subject = add.Length > 0 ? add[0] : remove[0];
        return
        [
            new ActionStep(ApplyPhase.Firewall, subject, () => string.Join('\n', backend.Explain(rules)))
            {
                Do = _ =>
                {
                    backend.Change(rules);
                    return () => backend.Change(rules.Inverse());
                },
            },
        ];
    }
}
