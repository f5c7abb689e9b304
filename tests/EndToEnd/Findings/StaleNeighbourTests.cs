using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>A permanent neighbour entry with a wrong Ethernet address for a container is named, or mended where it is ours.</summary>
public sealed class StaleNeighbourTests
{
    private const string Wrong = "02:00:00:00:00:99";

    [KernelFact]
    public void A_wrong_entry_of_a_neighbour_in_a_container_is_named()
    {
        using TestHost host = Town.Open();
        host.NetctlOk("run", "-d", "--name", "client", "--network", "front", "sleep", "1000");
        Assert.True(AsksWeb(host));
        host.Shell($"ip -n client neigh replace 10.88.0.20 lladdr {Wrong} dev eth0 nud permanent");
        Assert.False(AsksWeb(host));
        ToldFinding found = ToldFinding.Only(host, "stale-neighbour", "container web");
        Assert.Contains(Wrong, found.Cause, StringComparison.Ordinal);
        Assert.Equal("ip -n client neigh del 10.88.0.20 dev eth0", found.Remedy);
        found.Follow(host);
        TestHost.Eventually("the neighbour answers", () => AsksWeb(host));
    }

    [KernelFact]
    public void A_wrong_entry_of_the_hosts_on_our_bridge_is_a_difference_and_mended()
    {
        using TestHost host = Town.Open();
        host.Shell($"ip neigh replace 10.88.0.20 lladdr {Wrong} dev br-front nud permanent");
        Assert.False(Town.PortAnswers(host));
        Assert.Contains("neighbour:host:br-front:10.88.0.20", host.Netctl("doctor").StandardOutput, StringComparison.Ordinal);
        host.NetctlOk("doctor", "--fix");
        Town.Works(host);
        host.DoctorIsContent();
    }

    [KernelFact]
    public void A_wrong_entry_on_a_bridge_of_another_program_is_named()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip link add br-front type bridge; ip address add 10.88.0.1/24 dev br-front; ip link set br-front up");
        host.StartDaemon(TestHost.MendsNothing);
        Town.Build(host, "--gateway", "10.88.0.1");
        host.Shell($"ip neigh replace 10.88.0.20 lladdr {Wrong} dev br-front nud permanent");
        Assert.False(Town.PortAnswers(host));
        ToldFinding.Only(host, "stale-neighbour", "container web").Follow(host);
        Town.Works(host);
    }

    [KernelFact]
    public void An_entry_on_a_link_by_which_nothing_is_sent_to_the_container_is_a_note()
    {
        using TestHost host = Town.Open();
        host.Shell($"ip neigh replace 10.88.0.20 lladdr {Wrong} dev lan nud permanent");
        Town.Works(host);
        ToldFinding found = ToldFinding.Only(host, "stale-neighbour", "container web");
        Assert.True(found.IsNote);
        found.Follow(host);
    }

    private static bool AsksWeb(TestHost host) =>
        host.Run("ip", "netns", "exec", "client", "nc", "-w", "1", "10.88.0.20", "7000").StandardOutput == "page\n";
}
