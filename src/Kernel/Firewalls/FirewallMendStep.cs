using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Flows;
using Net.Kernel.Steps;

namespace Net.Kernel.Firewalls;

/// <summary>The firewall's part of mending one difference.</summary>
/// <remarks>A backend removes leftover rules only by making the rules exactly what a set of policies wants. With the policies of a
/// difference that is no longer up to date, this would take away rules that have come since, and put back rules that have gone. So the
/// rules are compared again first, and when more has changed than the difference says, only its missing rules are added.</remarks>
/// <param name="firewall">Holds and changes the rules.</param>
/// <param name="flows">Makes the kernel forget connections that older rules translated.</param>
/// <param name="difference">The difference to mend.</param>
internal sealed class FirewallMendStep(IFirewallBackend firewall, FlowCleaner flows, StateDifference difference)
{
    /// <summary>In words, what the step could not mend; null when it mended all, or has not been carried out.</summary>
    public string? Unmended { get; private set; }

    /// <summary>The step that mends the rules; null when the difference has none that are missing or left over.</summary>
    public ActionStep? Step()
    {
        FirewallPolicy? missing = difference.Missing.OfType<FirewallPolicy>().FirstOrDefault();
        if (missing is null && !difference.Leftover.OfType<RuleLeftover>().Any())
        {
            return null;
        }

        DesiredObject subject = missing ?? new BridgePolicy { Owner = OwnerId.Host, Bridge = "" };
        return new ActionStep(ApplyPhase.Firewall, subject, () => "")
        {
            Do = _ =>
            {
                Mend();
                return null;
            },
        };
    }

    private void Mend()
    {
        FirewallDifference now = firewall.Diff(difference.Policies);
        if (now.IsEmpty)
        {
            return;
        }

        FirewallPolicy[] missing = [.. now.Missing.Intersect(difference.Missing.OfType<FirewallPolicy>())];
        bool outdated = now.Missing.Except(missing).Any() || now.Leftover.Except(difference.Leftover).Any();
        if (outdated)
        {
            AddMissing(missing, now.Leftover.Intersect(difference.Leftover).Count());
        }
        else
        {
            firewall.Reconcile(difference.Policies);
        }

        flows.ForgetAstray(missing);
    }

    private void AddMissing(IReadOnlyList<FirewallPolicy> missing, int leftovers)
    {
        if (missing.Count > 0)
        {
            // Some of their rules may be there. Taken away and added in one step, each is there once and in its order.
            firewall.Change(new FirewallChange(missing, missing));
        }

        Unmended = leftovers == 0
            ? null
            : $"the firewall's rules: others have come or gone since these were found to be left over, so {leftovers} of them stay; " +
                "run netctl doctor --fix";
    }
}
