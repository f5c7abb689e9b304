using System.Net;
using System.Net.Sockets;

using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Firewall.Iptables;

/// <summary>Turns a policy into rules. Pure.</summary>
/// <remarks>
/// Rules of one policy are in an order that matters; between policies no order does: each says by which bridge it goes. So a policy's rules can
/// be added at the end of our chains whenever it comes.
/// </remarks>
public static class IptablesCompiler
{
    private const string Translated = "-m conntrack --ctstate DNAT";

    /// <summary>The rules of a policy, in order within each chain, the shared chains and jumps not included.</summary>
    /// <param name="policy">What is wanted.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    public static IReadOnlyList<IptablesRule> Compile(FirewallPolicy policy, bool ipv6Available = true) => policy switch
    {
        BridgePolicy bridge => [.. PolicyFamilies.Of(bridge, ipv6Available).SelectMany(family => Bridge(bridge, family))],
        PublishedPort port => [.. Port(port)],
        _ => throw new ArgumentException($"no iptables rules are known for {policy.GetType().Name}", nameof(policy)),
    };

    private static IEnumerable<IptablesRule> Bridge(BridgePolicy policy, FirewallFamily family)
    {
        var make = new RuleMaker(family, FirewallTag.Of(policy.Owner));
        string bridge = policy.Bridge;
        if (family == FirewallFamily.IPv4)
        {
            // The bridge has route_localnet, for published ports by 127.0.0.1: nothing else from there may use it.
            yield return make.Rule("raw", IptablesLayout.Main, $"-d 127.0.0.0/8 -i {bridge}", "DROP");
            yield return make.Rule("raw", IptablesLayout.Main, $"-s 127.0.0.0/8 -i {bridge}", "DROP");
        }

        string within = policy.InterContainer ? "ACCEPT" : "DROP";
        if (policy.Internal)
        {
            yield return make.Rule("filter", IptablesLayout.Isolation1, $"-i {bridge} ! -o {bridge}", "DROP");
            yield return make.Rule("filter", IptablesLayout.Isolation1, $"! -i {bridge} -o {bridge}", "DROP");
            yield return make.Rule("filter", IptablesLayout.Forward, $"-i {bridge} -o {bridge}", within);
            yield break;
        }

        yield return make.Rule("filter", IptablesLayout.Isolation1, $"-i {bridge} ! -o {bridge}", IptablesLayout.Isolation2);
        yield return make.Rule("filter", IptablesLayout.Isolation2, $"-o {bridge} -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT", "DROP");
        yield return make.Rule("filter", IptablesLayout.Forward, $"-o {bridge} -m conntrack --ctstate RELATED,ESTABLISHED,DNAT", "ACCEPT");
        yield return make.Rule("filter", IptablesLayout.Forward, $"-i {bridge} ! -o {bridge}", "ACCEPT");
        yield return make.Rule("filter", IptablesLayout.Forward, $"-i {bridge} -o {bridge}", within);
        yield return make.Rule("filter", IptablesLayout.Forward, $"! -i {bridge} -o {bridge}", "DROP");
        if (policy.Subnet(family) is { } subnet)
        {
            foreach (IptablesRule rule in Source(policy, make, subnet, family))
            {
                yield return rule;
            }
        }
    }

    private static IEnumerable<IptablesRule> Source(BridgePolicy policy, RuleMaker make, IPNetwork subnet, FirewallFamily family)
    {
        if (policy.Masquerade)
        {
            yield return make.Rule("nat", "POSTROUTING", $"-s {subnet} ! -o {policy.Bridge}", "MASQUERADE");
        }

        // A neighbour answers a neighbour past the host: what went to a published port must come back through it.
        yield return make.Rule("nat", "POSTROUTING", $"-s {subnet} -o {policy.Bridge} {Translated}", "MASQUERADE");
        if (family == FirewallFamily.IPv4)
        {
            yield return make.Rule("nat", "POSTROUTING", $"-s 127.0.0.0/8 -o {policy.Bridge} {Translated}", "MASQUERADE");
        }
    }

    private static IEnumerable<IptablesRule> Port(PublishedPort port)
    {
        FirewallFamily family = PolicyFamilies.Of(port.HostAddress);
        var make = new RuleMaker(family, FirewallTag.Of(port.Owner));
        bool any = port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);
        string destination = any ? "" : $"-d {port.HostAddress}/{(family == FirewallFamily.IPv4 ? 32 : 128)} ";
        string word = port.Protocol.ToWord();
        string transport = $"-p {word} -m {word} --dport {port.HostPort}";
        if (IPAddress.IsLoopback(port.HostAddress))
        {
            yield return make.Rule("raw", IptablesLayout.Main, $"{destination}! -i lo {transport}", "DROP");
            if (family == FirewallFamily.IPv6)
            {
                yield break; // the kernel does not route from ::1; the forwarder serves it
            }
        }

        string container = port.ContainerAddress.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[{port.ContainerAddress}]:{port.ContainerPort}"
            : $"{port.ContainerAddress}:{port.ContainerPort}";
        yield return make.Rule("nat", IptablesLayout.Main, $"{destination}{transport}", $"DNAT --to-destination {container}");
    }

    private readonly record struct RuleMaker(FirewallFamily Family, string Tag)
    {
        public IptablesRule Rule(string table, string chain, string match, string target) =>
            new(Family, table, chain, $"{match} -m comment --comment \"{Tag}\" -j {target}");
    }
}
