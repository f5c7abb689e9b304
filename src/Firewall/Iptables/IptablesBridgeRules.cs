using System.Net;

using Net.Cnm.Firewalls;

namespace Net.Firewall.Iptables;

/// <summary>The rules of one bridge in one family.</summary>
internal sealed class IptablesBridgeRules
{
    private const string LetThrough = "RELATED,ESTABLISHED,DNAT";
    private const string Translated = "-m conntrack --ctstate DNAT";

    private static readonly int[] NeighbourDiscovery = [135, 136]; // solicitation and advertisement, RFC 4861 4.3 and 4.4

    private readonly BridgePolicy _policy;
    private readonly RuleMaker _rules;
    private readonly GatewayMode _mode;

    public IptablesBridgeRules(BridgePolicy policy, FirewallFamily family)
    {
        _policy = policy;
        _rules = new RuleMaker(family, FirewallTag.Of(policy.Owner));
        _mode = family == FirewallFamily.IPv4 ? policy.GatewayModeIPv4 : policy.GatewayModeIPv6;
    }

    private string Bridge => _policy.Bridge;

    private bool IsInternal => _policy.Internal || _mode == GatewayMode.Isolated;

    /// <summary>All rules of the bridge, in order within each chain.</summary>
    public IEnumerable<IptablesRule> All() =>
        IsInternal ? [.. Guards(), .. Closed(), .. Entering()] : [.. Guards(), .. Entering(), .. Leaving(), .. Hairpins(), .. Sources()];

    private IEnumerable<IptablesRule> Guards() => _rules.Family == FirewallFamily.IPv6
        ? []
        :
        [
            _rules.Rule("raw", IptablesLayout.Main, $"-d 127.0.0.0/8 -i {Bridge}", "DROP",
                "The bridge may route loopback addresses, for published ports by 127.0.0.1; a container may not use that to reach the " +
                "host's own services."),
            _rules.Rule("raw", IptablesLayout.Main, $"-s 127.0.0.0/8 -i {Bridge}", "DROP",
                "Nor may a container pretend to be the host by a loopback address."),
        ];

    private IEnumerable<IptablesRule> Closed() =>
    [
        _rules.Rule("filter", IptablesLayout.Isolation1, $"-i {Bridge} ! -o {Bridge}", "DROP", "Nothing leaves an internal network."),
        _rules.Rule("filter", IptablesLayout.Isolation1, $"! -i {Bridge} -o {Bridge}", "DROP", "Nothing enters an internal network."),
    ];

    private IEnumerable<IptablesRule> Entering()
    {
        yield return _rules.Rule("filter", IptablesLayout.Forward, $"-o {Bridge} -m conntrack --ctstate {LetThrough}", "ACCEPT",
            "Answers enter, and what was sent to a published port.") with
        { Place = RulePlace.Start };
        if (_policy.InterContainer)
        {
            yield return _rules.Rule(
                "filter", IptablesLayout.Forward, $"-i {Bridge} -o {Bridge}", "ACCEPT", "Containers of the network talk to each other.");
        }
        else if (_rules.Family == FirewallFamily.IPv6)
        {
            foreach (int type in NeighbourDiscovery)
            {
                yield return _rules.Rule(
                    "filter", IptablesLayout.Forward, $"-i {Bridge} -o {Bridge} -p ipv6-icmp -m icmp6 --icmpv6-type {type}", "ACCEPT",
                    "Addresses are resolved, so that links work where frames of a bridge pass ip6tables.");
            }
        }

        if (!IsInternal && _mode == GatewayMode.NatUnprotected)
        {
            yield return _rules.Rule("filter", IptablesLayout.Forward, $"! -i {Bridge} -o {Bridge}", "ACCEPT",
                "The network is nat-unprotected: all its ports are open to those who route to its addresses.");
        }

        if (!IsInternal && _mode == GatewayMode.Routed)
        {
            yield return _rules.Rule("filter", IptablesLayout.Forward, $"! -i {Bridge} -o {Bridge} -p {_rules.Icmp}", "ACCEPT",
                "The network is routed: its containers answer ping, and hear of packets that were too big.");
        }

        yield return _rules.Rule("filter", IptablesLayout.Isolation2, $"-o {Bridge}", "DROP",
            "All else is kept out: other networks, and those outside who route to a container's address.");
    }

    private IEnumerable<IptablesRule> Leaving() =>
        [_rules.Rule("filter", IptablesLayout.Out, $"-i {Bridge} ! -o {Bridge}", "ACCEPT", "Containers reach what is outside.")];

    private IEnumerable<IptablesRule> Hairpins()
    {
        if (_mode != GatewayMode.Routed && _policy.Subnet(_rules.Family) is { } subnet)
        {
            yield return _rules.Rule("nat", IptablesLayout.Hairpin, $"-s {subnet} -o {Bridge} {Translated}", "MASQUERADE",
                "A neighbour, or the container itself, would be answered past the host: what it sent to a published port comes from the " +
                "host.");
        }

        if (_mode != GatewayMode.Routed && _rules.Family == FirewallFamily.IPv4)
        {
            yield return _rules.Rule("nat", IptablesLayout.Hairpin, $"-s 127.0.0.0/8 -o {Bridge} {Translated}", "MASQUERADE",
                "A container cannot answer 127.0.0.1: what the host sent there comes from the bridge's address.");
        }

        // Before the rules of any bridge for leaving packets, which do not know the links that are bridges of ours.
        yield return _rules.Rule(
            "nat", IptablesLayout.Postrouting, $"-o {Bridge}", "RETURN",
            "All others that enter keep their own address, other networks' containers among them.") with
        { Place = RulePlace.Start };
    }

    private IEnumerable<IptablesRule> Sources()
    {
        if (_policy.Masquerade && _mode != GatewayMode.Routed && _policy.Subnet(_rules.Family) is { } subnet)
        {
            IPAddress? source = _rules.Family == FirewallFamily.IPv4 ? _policy.SourceIPv4 : _policy.SourceIPv6;
            yield return _rules.Rule(
                "nat",
                IptablesLayout.Postrouting,
                $"-s {subnet} ! -o {Bridge}",
                source is null ? "MASQUERADE" : $"SNAT --to-source {source}",
                source is null
                    ? "What leaves gets the address of the link it leaves by."
                    : "What leaves gets the address of the host that was asked for.");
        }
    }
}
