using System.Net;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>Links on a default network without inter-container communication: who reaches whom, by real sockets.</summary>
public sealed class LinkReachTests
{
    private static readonly (string Protocol, int Port)[] Services = [("tcp", 80), ("tcp", 81), ("udp", 53), ("udp", 80)];

    private static readonly string[] Flags = ["--icc=false", "--ipv6", "--bip", "172.17.0.1/29"];

    [KernelFact]
    public void Just_the_two_talk_on_just_the_exposed_ports_nftables() => JustTheTwo("nftables", 0);

    [KernelFact]
    public void Just_the_two_talk_on_just_the_exposed_ports_nftables_when_bridged_packets_pass_it() => JustTheTwo("nftables", 1);

    [KernelFact]
    public void Just_the_two_talk_on_just_the_exposed_ports_iptables() => JustTheTwo("iptables", 0);

    [KernelFact]
    public void Just_the_two_talk_on_just_the_exposed_ports_iptables_when_bridged_packets_pass_it() => JustTheTwo("iptables", 1);

    [KernelFact]
    public void The_rules_follow_the_linked_container_to_another_address_and_leave_the_old_one_closed_nftables() => Moved("nftables");

    [KernelFact]
    public void The_rules_follow_the_linked_container_to_another_address_and_leave_the_old_one_closed_iptables() => Moved("iptables");

    private static void JustTheTwo(string backend, int bridgeNetfilter)
    {
        using var town = Town.Create(backend, bridgeNetfilter, flags: Flags);
        town.Container("db", "--expose", "80", "--expose", "53/udp");
        town.Container("web", "--link", "db:sql", "--expose", "80");
        town.Container("other", "--expose", "80");
        foreach (string place in (string[])["db", "web", "other"])
        {
            town.Serve(place, "tcp", 80, 81);
            town.Serve(place, "udp", 53, 80);
        }

        string[] open = [.. Targets("db", 80, "tcp"), .. Targets("db", 53, "udp")];
        Assert.Equal(open.Order(), Reached(town, "web", "db", "other").Order());
        Assert.Empty(Reached(town, "db", "web", "other"));
        Assert.Empty(Reached(town, "other", "web", "db"));

        // Publishing opens one more port of a container that runs.
        town.Host.NetctlOk("publish", "db", "127.0.0.1:8081:81");
        Assert.Equal(open.Concat(Targets("db", 81, "tcp")).Order(), Reached(town, "web", "db").Order());
        Assert.Equal(0, town.Host.Netctl("doctor").ExitCode);

        town.Host.KillDaemon();
        town.Host.StartDaemon(["--firewall-backend", backend, .. Flags]);
        Assert.Equal(0, town.Host.Netctl("doctor").ExitCode);
        Assert.Equal(open.Concat(Targets("db", 81, "tcp")).Order(), Reached(town, "web", "db", "other").Order());

        town.Host.NetctlOk("rm", "--link", "web/sql");
        Assert.Empty(Reached(town, "web", "db", "other"));
        Assert.Equal(0, town.Host.Netctl("doctor").ExitCode);

        IEnumerable<string> Targets(string place, int port, string protocol) =>
            Global(town, place).Select(address => $"{protocol} {new IPEndPoint(address, port)}");
    }

    private static void Moved(string backend)
    {
        using var town = Town.Create(backend, flags: Flags);
        TestHost host = town.Host;
        town.Container("db", "--expose", "80");
        town.Container("web", "--link", "db:sql");
        Assert.Equal("172.17.0.2", Sql(host));
        host.NetctlOk("stop", "db");
        Assert.NotEqual(0, host.Netctl("exec", "web", "getent", "ahostsv4", "sql").ExitCode);

        // The others take all addresses that are left, the freed one last; then one of them goes.
        town.Container("third");
        town.Container("fourth");
        town.Container("fifth");
        town.Container("heir", "--expose", "80");
        town.Serve("heir", "tcp", 80);
        Assert.Contains("172.17.0.2", town.AddressesOf("heir"));
        host.NetctlOk("rm", "-f", "third");
        host.NetctlOk("start", "db");
        town.Enter("moved", "db");
        town.Serve("moved", "tcp", 80);

        Assert.Equal("172.17.0.4", Sql(host));
        Assert.Equal(
            ["tcp 172.17.0.4:80"],
            Reached(town, "web", "moved", "heir").Where(target => target.StartsWith("tcp 172.", StringComparison.Ordinal)));
        host.DoctorIsContentAtOnce();
        host.NetctlOk("rm", "-f", "db");
        Assert.Empty(Reached(town, "web", "moved", "heir"));
        host.DoctorIsContentAtOnce();
    }

    private static string Sql(TestHost host) => host.NetctlOk("exec", "web", "getent", "ahostsv4", "sql").Split(' ')[0];

    /// <summary>Which of the served ports of other places a place gets an answer from, each as <c>tcp 172.17.0.2:80</c>.</summary>
    private static IReadOnlyList<string> Reached(Town town, string origin, params string[] places)
    {
        Probe[] probes =
        [
            .. from at in places
               from address in Global(town, at)
               from service in Services
               select new Probe(town.PlaceOf(origin), service.Protocol, new IPEndPoint(address, service.Port)),
        ];
        return
        [
            .. Probe.RunAll(probes).Zip(probes).Where(pair => pair.First is not null)
                .Select(pair => $"{pair.Second.Protocol} {pair.Second.Target}"),
        ];
    }

    private static IEnumerable<IPAddress> Global(Town town, string place) => town.AddressesOf(place).Select(IPAddress.Parse)
        .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal);
}
