using System.Text;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>
/// docs/firewall: per scenario the commands, and the rules that the kernel has after them, on both backends. Each scenario is undone again,
/// and the ruleset is then as before, byte for byte.
/// </summary>
public sealed class FirewallPageTests
{
    [Fact]
    public void An_id_is_masked_as_one_also_when_all_its_digits_are_decimal() =>
        Assert.Equal("comment \"netctl:ID\" 0 OPTION-WITH-MAC", Anonymiser.Clean("comment \"netctl:123456789012\" 0 12345678901"));

    [KernelFact]
    public void Pages_say_what_the_kernel_has_and_every_scenario_can_be_undone()
    {
        Dictionary<string, string> iptables = RunAll("iptables", host => Ruleset.Iptables(host), Sentences.OfIptables);
        Dictionary<string, string> nftables = RunAll(
            "nftables", Nftables, rule => rule.StartsWith("nft add element", StringComparison.Ordinal) ? Sentences.OfElement(rule) : "");
        Page.Compare("README", Overview(iptables[""], nftables[""]));
        foreach (Scenario scenario in Scenarios.All)
        {
            Page.Compare(scenario.File, Text(scenario, iptables[scenario.File], nftables[scenario.File]));
        }
    }

    private static IReadOnlyList<string> Nftables(TestHost host) => Ruleset.NftElements(host);

    /// <summary>What each scenario adds to the rules, as a list; under the empty name what is there before.</summary>
    private static Dictionary<string, string> RunAll(string backend, Func<TestHost, IReadOnlyList<string>> read, Func<string, string> why)
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0");
        host.StartDaemon("--firewall-backend", backend);

        // What the first of its kind makes stays until a reset: forwarding of IPv6 with its guard, the table of bridges.
        Type(
            host,
            [
                "netctl network create --ipv6 first",
                "netctl create --name first --network first",
                "netctl rm first",
                "netctl network rm first",
            ]);
        IReadOnlyList<string> before = read(host);
        string snapshot = Ruleset.Snapshot(host);
        var pages = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [""] = (
                backend == "nftables"
                    ? Page.List(Ruleset.NftRules(host).Select(
                        rule =>
                            (
                                $"{rule.Place}: {rule.Rule}",
                                Sentences.OfNftables(rule.Place, rule.Rule)))) + "\nThe default network's elements:\n\n"
                    : "")
                + Page.List(before.Select(rule => (rule, why(rule)))),
        };
        foreach (Scenario scenario in Scenarios.All)
        {
            Type(host, scenario.Commands);
            pages[scenario.File] = Page.List(read(host).Except(before).Select(rule => (rule, why(rule))));
            Type(host, scenario.Undo);
            string after = Ruleset.Snapshot(host);
            Assert.True(
                snapshot == after,
                $"scenario {scenario.File} with {backend} leaves: {string.Join('\n', after.Split('\n').Except(snapshot.Split('\n')))}");
        }

        return pages;
    }

    private static void Type(TestHost host, IEnumerable<string> commands)
    {
        foreach (string command in commands)
        {
            host.Shell(command.Replace("netctl ", "\"$NETCTL\" ", StringComparison.Ordinal));
        }
    }

    private static string Text(Scenario scenario, string iptables, string nftables)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(scenario.Title).Append('\n').Append(scenario.Text).Append(" This page is written by a test.\n\n");
        foreach (string command in scenario.Commands)
        {
            text.Append("    ").Append(command).Append('\n');
        }

        return text.Append("\n## iptables\n").Append(iptables).Append("\n## nftables\n").Append(nftables).ToString();
    }

    private static string Overview(string iptables, string nftables)
    {
        var text = new StringBuilder(
            """
            # What the firewall does
            The rules of a host where nothing was made yet but the default network, `netctl0`, with each backend; the other pages say what
            more there is in each case. All pages are written by a test from what the kernel has (`UPDATE_GOLDEN=1` writes them anew), and
            CI fails when one is not true. In them `ID` is the first 12 digits of the id of the network or endpoint that a rule belongs to,
            `vethID` an endpoint's link and `MAC` its Ethernet address.

            | page | |
            |---|---|

            """);
        foreach (Scenario scenario in Scenarios.All)
        {
            text.Append("| [")
                .Append(scenario.Title)
                .Append("](")
                .Append(scenario.File)
                .Append(".md) | ")
                .Append(scenario.Text)
                .Append(" |\n");
        }

        return text.Append("\n## iptables\n").Append(iptables).Append("\n## nftables\n").Append(nftables).ToString();
    }
}
