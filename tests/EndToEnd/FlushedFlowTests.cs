using System.Net;
using System.Net.Sockets;
using Net.Tests.EndToEnd.Reachability;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Connections through published ports go on while another program takes all rules away, one table after the other.</summary>
public sealed class FlushedFlowTests
{
    // What was flushed may be back, and its chains in use again, before they can be deleted.
    private static readonly string[] Flushes =
    [
        "iptables -t nat -F; iptables -F",
        "ip6tables -t nat -F; ip6tables -F",
        "for p in iptables ip6tables; do for t in filter nat mangle raw; do $p -t $t -F; $p -t $t -X || true; done; done",
        "for p in iptables ip6tables; do for t in nat filter raw; do $p -t $t -F; done; for t in nat filter raw; do $p -t $t -X || true; "
        + "done; done",
    ];

    [KernelFact]
    public void With_iptables() => Check("iptables", legacy: false, Flushes);

    [KernelFact]
    public void With_iptables_legacy() => Check("iptables", legacy: true, [.. Flushes.Select(flush => flush
        .Replace("ip6tables", "ip6tables-legacy", StringComparison.Ordinal)
        .Replace("iptables ", "iptables-legacy ", StringComparison.Ordinal))]);

    [KernelFact]
    public void With_nftables() =>
        Check("nftables", legacy: false, ["nft delete table ip netctl || true; nft delete table ip6 netctl || true"]);

    private static void Check(string backend, bool legacy, string[] flushes)
    {
        using var town = Town.Create(backend, prepare: host =>
        {
            if (legacy)
            {
                FirewallHealingTests.UseLegacy(host);
            }
        });
        town.Host.NetctlOk("network", "create", "--ipv6", "--subnet", "172.18.0.0/24", "--subnet", "fd00:18::/64", "n");
        town.Container("c", "--network", "n", "-p", "7000-7001:7000-7001", "-p", "7000-7001:7000-7001/udp");
        List<(string Name, EchoFlow Flow)> flows = [];
        try
        {
            foreach ((string address, int port) in (ReadOnlySpan<(string, int)>)[("192.0.2.1", 7000), ("2001:db8::1", 7001)])
            {
                foreach (ProtocolType protocol in (ReadOnlySpan<ProtocolType>)[ProtocolType.Tcp, ProtocolType.Udp])
                {
                    var target = new IPEndPoint(IPAddress.Parse(address), port);
                    flows.Add((
                        $"{protocol} to {target}",
                        EchoFlow.Start(town.PlaceOf("c"), port, town.PlaceOf("out"), target, protocol)));
                }
            }

            foreach (string flush in flushes)
            {
                for (int time = 0; time < 3; time++)
                {
                    town.Host.Shell(flush);
                }

                TestHost.Eventually($"the rules are back after {flush}", () => town.Host.Netctl("doctor").ExitCode == 0);
                int[] before = [.. flows.Select(entry => entry.Flow.Answered)];
                Assert.True(
                    SpinWait.SpinUntil(() => flows.Select((entry, i) => entry.Flow.Answered > before[i]).All(more => more), 20_000),
                    $"after {flush}: {Lost(flows)}");
            }

            flows.ForEach(entry => entry.Flow.Stop());
            Assert.Equal("", Lost(flows));
        }
        finally
        {
            flows.ForEach(entry => entry.Flow.Dispose());
        }
    }

    private static string Lost(List<(string Name, EchoFlow Flow)> flows) => string.Join(
        ", ", flows.Where(entry => entry.Flow.Lost > 0).Select(entry => $"{entry.Name}: {entry.Flow.Lost} of {entry.Flow.Answered} lost"));
}
