using Net.Cnm.Firewalls;

namespace Net.Firewall.Iptables;

/// <summary>Compiles a policy to iptables rules; a pure function.</summary>
/// <remarks>The order of the rules of one policy matters. The order of policies does not: rules of one chain have the same verdict or match
/// different bridges. So the rules of a policy can be added to our chains at any time.</remarks>
public static class IptablesCompiler
{
    /// <summary>The rules of a policy, in order within each chain, the shared chains and jumps not included.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    public static IReadOnlyList<IptablesRule> Compile(FirewallPolicy policy, bool ipv6Available = true) => policy switch
    {
        BridgePolicy bridge =>
            [.. PolicyFamilies.Of(bridge, ipv6Available).SelectMany(family => new IptablesBridgeRules(bridge, family).All())],
        PublishedPort port => [.. IptablesPortRules.Of(port)],
        OpenPort port => [IptablesPortRules.Of(port)],
        LinkPolicy link => [IptablesPortRules.Of(link)],
        TrustedLink link => [.. PolicyFamilies.All(ipv6Available).Select(family => Trusted(link, family))],
        ForwardingGuard guard => ForwardingGuardRules(guard),
        HairpinPolicy hairpin => [Hairpin(hairpin)],
        GuestBridge guests => [.. PolicyFamilies.All(ipv6Available).SelectMany(family => Guests(guests, family))],
        // Traffic inside a bridge, which iptables does not see in full: table bridge netctl.
        EndpointPolicy or AddressPolicy or SourcePolicy => [],
        _ => throw new ArgumentException($"no iptables rules are known for {policy.GetType().Name}", nameof(policy)),
    };

    private static IptablesRule Trusted(TrustedLink link, FirewallFamily family) => new RuleMaker(family, FirewallTag.Of(link.Owner)).Rule(
        "filter", IptablesLayout.Forward, $"-i {link.Link} -o {link.Bridge}", "ACCEPT",
        "Who comes in by a trusted link reaches all ports of the network's containers.");

    private static IptablesRule Hairpin(HairpinPolicy policy)
    {
        var rules = new RuleMaker(PolicyFamilies.Of(policy.ContainerAddress), FirewallTag.Of(policy.Owner));
        return rules.Rule(
            "nat", IptablesLayout.Hairpin,
            $"-s {policy.Subnet} -d {policy.ContainerAddress}/{rules.HostLength} -o {policy.Bridge} -m conntrack --ctstate DNAT",
            "MASQUERADE",
            "The container would answer a neighbour on another of its networks past the host: what such a neighbour, or the container " +
            "itself, sent to a published port comes from the host.");
    }

    // Both are at the end of their chains. The first is the one rule of ours that comes after all others of FORWARD.
    private static IptablesRule[] ForwardingGuardRules(ForwardingGuard guard)
    {
        var rules = new RuleMaker(guard.IPv6 ? FirewallFamily.IPv6 : FirewallFamily.IPv4, FirewallTag.Of(guard.Owner));
        return
        [
            rules.Rule(
                "filter", "FORWARD", $"-m mark ! --mark {BridgedMark.Text}/{BridgedMark.Text}", IptablesLayout.Guard,
                "Forwarding was off before us: what nobody has let through is looked at last; frames that stay in a bridge are marked, " +
                "and are none of that."),
            rules.Rule(
                "filter", IptablesLayout.Guard, "", "DROP",
                "What touches neither our networks nor guests of other programs is not forwarded now either."),
        ];
    }

    // Before the drop, which is at the end. They let through nothing that the chain's policy would not.
    private static IptablesRule[] Guests(GuestBridge guests, FirewallFamily family)
    {
        var rules = new RuleMaker(family, FirewallTag.Of(guests.Owner));
        return
        [
            AtStart(rules.Rule(
                "filter", IptablesLayout.Guard, $"-i {guests.Bridge}", "RETURN",
                "Another program's containers and virtual machines send where that program lets them.")),
            AtStart(rules.Rule(
                "filter", IptablesLayout.Guard, $"-o {guests.Bridge} -m conntrack --ctstate RELATED,ESTABLISHED,DNAT", "RETURN",
                "They get answers, and what was sent to a port that is published for them.")),
        ];
    }

    private static IptablesRule AtStart(IptablesRule rule) => rule with { Place = RulePlace.Start };
}
