using System.Globalization;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>A daemon that starts where everything is as it should be reads the kernel and changes nothing in it: strace(1) sees no netlink
/// request that writes, and no setting opened for writing. In its new mount namespace it binds the files of namespaces again.</summary>
public sealed partial class QuietRestartTests
{
    // strace asks its own namespace for the protocol of a socket, so that types of messages in containers are numbers: RTM_GETLINK, ADDR,
    // ROUTE, NEIGH (18, 22, 26, 30), and of nf_tables NFT_MSG_GETTABLE, CHAIN, RULE, SET, SETELEM (1, 4, 7, 10, 13), which is subsystem 10.
    private static readonly int[] Reading = [18, 22, 26, 30, 0xa01, 0xa04, 0xa07, 0xa0a, 0xa0d];

    [KernelTheory]
    [InlineData("iptables")]
    [InlineData("nftables")]
    public void It_writes_nothing_to_the_kernel(string backend)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        host.Shell(
            """
            "$NETCTL" network create --ipv6 front
            "$NETCTL" network create back
            "$NETCTL" run -d --name web --network front -p 8080:80 -p 8081:81/udp sleep 1000
            "$NETCTL" network connect back web
            "$NETCTL" create --name bare --network back
            "$NETCTL" run -d --name db --network back sleep 1000
            """);
        host.DoctorIsContent();
        host.KillDaemon();

        string trace = Path.Combine(host.Root, "trace");
        host.DaemonStarter = ["strace", "-D", "-f", "-o", trace, "-e", "trace=sendto,sendmsg,sendmmsg,openat"];
        host.StartDaemon("--firewall-backend", backend);
        host.LogSays("ready on");
        host.DoctorIsContentAtOnce();
        host.StopDaemon();
        TestHost.Eventually(
            "strace has written everything", () => File.ReadLines(trace).Last().Contains("exited", StringComparison.Ordinal));

        string[] lines = File.ReadAllLines(trace);
        string[] types = [.. lines.SelectMany(line => MessageType().Matches(line)).Select(match => match.Groups[1].Value)];
        Assert.Contains("RTM_GETLINK", types);
        Assert.DoesNotContain(types, type => !Reads(type));
        Assert.DoesNotContain(lines, line => line.Contains("\"/proc/sys/", StringComparison.Ordinal) && Writable().IsMatch(line));
    }

    /// <summary>What a start costs for each container that runs: system calls, not times. The daemon looks once.</summary>
    [KernelFact]
    public void It_looks_once_at_each_container()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", "nftables");
        host.Shell("$NETCTL network create --ipv6 front");
        IReadOnlyDictionary<string, int> few = StartBeside(host, 1, 4);
        IReadOnlyDictionary<string, int> many = StartBeside(host, 5, 12);
        int Each(string call) => (many[call] - few[call]) / 8;
        Assert.InRange(Each("sendto"), 5, 8); // netlink requests
        Assert.InRange(Each("setns"), 8, 14); // two for each visit to its namespace
        Assert.InRange(Each("openat"), 10, 28);
        Assert.Equal(1, Each("mount")); // its namespace, bound again
        Assert.Equal(0, Each("fsync"));
        Assert.Equal(0, Each("rename"));
    }

    // Adds containers by their numbers, starts the daemon anew and counts its calls.
    private static Dictionary<string, int> StartBeside(TestHost host, int first, int last)
    {
        host.Shell($"for i in $(seq {first} {last}); do $NETCTL run -d --network front -p 80$i:80 sleep 1000; done");
        host.KillDaemon();
        string trace = Path.Combine(host.Root, "trace");
        string[] calls = ["sendto", "setns", "openat", "mount", "fsync", "rename"];
        host.DaemonStarter = ["strace", "-D", "-f", "-o", trace, "-e", $"trace={string.Join(',', calls)}"];
        host.StartDaemon("--firewall-backend", "nftables");
        host.DaemonStarter = [];
        host.LogSays("ready on");
        host.StopDaemon();
        TestHost.Eventually(
            "strace has written everything", () => File.ReadLines(trace).Last().Contains("exited", StringComparison.Ordinal));
        host.StartDaemon("--firewall-backend", "nftables");
        string[] lines = File.ReadAllLines(trace);
        return calls.ToDictionary(call => call, call => lines.Count(line => line.Contains($" {call}(", StringComparison.Ordinal)));
    }

    private static bool Reads(string type) => type.StartsWith("0x", StringComparison.Ordinal)
        ? Reading.Contains(int.Parse(type.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
        : type.Contains("_GET", StringComparison.Ordinal);

    [GeneratedRegex("nlmsg_type=([^ ,}]+)")]
    private static partial Regex MessageType();

    [GeneratedRegex("O_WRONLY|O_RDWR")]
    private static partial Regex Writable();
}
