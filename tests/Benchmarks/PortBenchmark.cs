using System.Diagnostics;
using System.Globalization;
using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Kernel;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks;

/// <summary>Microseconds a published port, its held socket included: both backends through the engine's Apply, against one <c>iptables-restore</c> by hand.</summary>
internal static class PortBenchmark
{
    private const string Bridge = "br-bench";
    private static readonly OwnerId Owner = new(OwnerKind.Endpoint, new string('b', 64));

    /// <summary>Publishes ports, each of the three ways in turn in a host of its own, and prints the median of each.</summary>
    public static int Run(int ports)
    {
        double nftables = 0;
        double iptables = 0;
        double restore = 0;
        HostNamespace.Run(host =>
        {
            using NftablesBackend backend = NftablesBackend.Open(host.Threads.Home);
            nftables = ByEngine(host, backend, ports);
        });
        HostNamespace.Run(host => iptables = ByEngine(host, new IptablesBackend(new IptablesPrograms(Environment.GetEnvironmentVariable("PATH"))), ports));
        HostNamespace.Run(_ => restore = ByRestore(ports));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"port: engine with nftables {nftables:F0} us, with iptables {iptables:F0} us, one iptables-restore {restore:F0} us; ratios {nftables / restore:F2} and {iptables / restore:F2}"));
        return 0;
    }

    private static double ByEngine(HostNamespace host, IFirewallBackend backend, int ports)
    {
        var nothing = new NothingElse();
        using var engine = new DesiredStateEngine(
            new KernelPaths { NamespaceDirectory = host.Directory + "/netns", NamedNamespaceDirectory = null }, host.Threads, backend, nothing, nothing, nothing);
        engine.Apply(new StateChange([new BridgePolicy { Owner = Owner, Bridge = Bridge, IPv4 = IPNetwork.Parse("172.18.0.0/16") }], [], []));
        return Median(ports, number => engine.Apply(new StateChange(Published((ushort)(20000 + number)), [], [])));
    }

    private static double ByRestore(int ports)
    {
        Command.Run("iptables", "-t", "nat", "-N", "BENCH");
        return Median(ports, number => Command.RunWithInput(
            string.Create(
                CultureInfo.InvariantCulture,
                $"*nat\n-A BENCH ! -i {Bridge} -p tcp --dport {20000 + number} -j DNAT --to-destination 172.18.0.2:80\nCOMMIT\n*filter\n-A FORWARD -d 172.18.0.2/32 ! -i {Bridge} -o {Bridge} -p tcp --dport 80 -j ACCEPT\nCOMMIT\n"),
            "iptables-restore",
            "--noflush"));
    }

    private static DesiredObject[] Published(ushort port) =>
    [
        new HeldPort { Owner = Owner, Address = IPAddress.Any, Port = port, Protocol = PortProtocol.Tcp },
        new PublishedPort
        {
            Owner = Owner,
            Bridge = Bridge,
            Protocol = PortProtocol.Tcp,
            HostAddress = IPAddress.Any,
            HostPort = port,
            ContainerAddress = IPAddress.Parse("172.18.0.2"),
            ContainerPort = 80,
        },
    ];

    private static double Median(int times, Action<int> work)
    {
        var took = new List<double>();
        for (int number = 0; number < times; number++)
        {
            long start = Stopwatch.GetTimestamp();
            work(number);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        took.Sort();
        return took[times / 2];
    }
}
