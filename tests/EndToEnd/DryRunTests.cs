using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>
/// What <c>--dry-run</c> prints, typed in a host in the state before, gives the same kernel state as the real thing; and asking changes
/// nothing.
/// </summary>
public sealed partial class DryRunTests
{
    [KernelFact]
    public void The_explanation_typed_by_a_person_gives_the_same_state_with_iptables() => Compare("iptables");

    [KernelFact]
    public void The_explanation_typed_by_a_person_gives_the_same_state_with_nftables() => Compare("nftables");

    private static void Compare(string backend)
    {
        using TestHost made = TestHost.Create();
        using TestHost typed = TestHost.Create();
        made.StartDaemon("--firewall-backend", backend);
        typed.StartDaemon("--firewall-backend", backend);
        string[] createNetwork = ["network", "create", "--ipv6", "--subnet", "10.5.0.0/24", "--subnet", "fd00:5::/64", "net5"];
        string[] run = ["run", "-d", "--name", "web", "--network", "net5", "-p", "8080:80", "sleep", "1000"];
        Assert.Equal(State(made), State(typed));

        string untouched = State(made);
        string first = made.NetctlOk(["--dry-run", .. createNetwork]);
        Assert.Equal(untouched, State(made));
        made.NetctlOk(createNetwork);
        string second = made.NetctlOk(["--dry-run", .. run]);
        made.NetctlOk(run);

        // A daemon would take the typed rules, which no network of its own wants, away again.
        typed.KillDaemon();

        // The second explanation names the bridge that was really made; the person has the one of the first.
        string bridge = Bridge().Match(first).Value;
        typed.Shell($"set -e\n{first}\n{Bridge().Replace(second, bridge)}");

        Assert.Equal(State(made), State(typed));
        typed.Shell("ip netns pids web | xargs kill");
    }

    private static string State(TestHost host)
    {
        string text = host.Shell(Script);
        text = Bridge().Replace(text, "br-X");
        text = Veth().Replace(text, "vethX");
        text = Id().Replace(text, "ID");
        text = MacAddress().Replace(text, "MAC");
        text = LinkLocalAddress().Replace(text, "LINK-LOCAL");
        text = ResolverPort().Replace(text, "$1 PORT");
        return Elements().Replace(text, static set => Sorted(set.Groups[1].Value));
    }

    // The kernel lists the elements of a hashed set in the order of their hashes, which depend on addresses that differ.
    private static string Sorted(string elements) =>
        $"elements = {{ {string.Join(", ", elements.Split(',').Select(element => element.Trim()).Order(StringComparer.Ordinal))} }}";

    private const string Script =
        """
        look() {
          echo "== $1"
          $2 ip -o link | sed 's/^[0-9]*: //; s/@[^:]*:/:/; s/link-netns[^ ]* [^ ]*//; s/qlen [0-9]*//' | sort
          $2 ip -o address | grep -v 'inet6 fe80' | sed 's/^[0-9]*: //' | sort
          $2 ip route | sort
          $2 ip -6 route | grep -v fe80 | sort
          $2 ip neighbour show nud permanent | sort
          $2 sh -c 'for f in net/ipv4/ip_forward net/ipv6/conf/all/forwarding net/ipv6/conf/default/forwarding; do cat /proc/sys/$f; done
                    cd /proc/sys/net/ipv6/conf
                    for i in $(ls | sort); do case $i in br-*|eth*|veth*) echo $(cat $i/disable_ipv6 $i/accept_ra);; esac; done'
        }
        look host ""
        if [ -e /run/netns/web ]; then
          look web "ip netns exec web"
          ip netns exec web nft list ruleset
          ip netns exec web sysctl net.ipv4.ip_unprivileged_port_start net.ipv4.ping_group_range
          for i in $(ip netns pids web); do tr '\0' ' ' <"/proc/$i/cmdline"; echo; done | grep '^sleep'
        fi
        iptables-save | grep -v '^#' | sed 's/\[[0-9:]*\]//'
        ip6tables-save | grep -v '^#' | sed 's/\[[0-9:]*\]//'
        nft list ruleset | grep -v -i -e '^# Warning' | sed 's/packets [0-9]* bytes [0-9]*//'
        """;

    [GeneratedRegex(@"elements = \{([^}]*)\}")]
    private static partial Regex Elements();

    [GeneratedRegex("br-[0-9a-f]{12}")]
    private static partial Regex Bridge();

    [GeneratedRegex("veth[0-9a-f]{7}")]
    private static partial Regex Veth();

    [GeneratedRegex("[0-9a-f]{64}|(?<=netctl:)[0-9a-f]{12,}")]
    private static partial Regex Id();

    [GeneratedRegex("([0-9a-f]{2}:){5}[0-9a-f]{2}|0x2[0-9a-f]{10}(?![0-9a-f])")]
    private static partial Regex MacAddress();

    // Made from the Ethernet address.
    [GeneratedRegex("fe80::[0-9a-f:]+|0xfe80[0-9a-f]{28}")]
    private static partial Regex LinkLocalAddress();

    [GeneratedRegex("(dport set|sport|resolver) [3-6][0-9]{4}")]
    private static partial Regex ResolverPort();
}
