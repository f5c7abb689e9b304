using Microsoft.Extensions.Time.Testing;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>Links that are removed are buried, which is quick, and deleted together some time later.</summary>
public sealed class GraveTests
{
    private const string Buried = "ip -br link show group 28516";

    [KernelFact]
    public void What_is_removed_is_down_off_its_bridge_without_addresses_and_its_names_are_free_before_it_is_deleted()
    {
        var never = new FakeTimeProvider();
        Lab.Run(
            lab =>
            {
                DesiredObject[] endpoint = [.. lab.Shape.EndpointObjects];
                lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects, .. endpoint]);
                Assert.Empty(lab.Remove(endpoint));

                string grave = Assert.Single(Command.Run(Buried).Split('\n', StringSplitOptions.RemoveEmptyEntries));
                Assert.StartsWith("grave", grave, StringComparison.Ordinal);
                Assert.Contains(" DOWN ", grave, StringComparison.Ordinal);
                string details = Command.Run("ip -d link show group 28516");
                Assert.DoesNotContain("master", details, StringComparison.Ordinal);
                Assert.DoesNotContain("alias", details, StringComparison.Ordinal);
                Assert.DoesNotContain("172.18.", Command.Run("ip -n web address"), StringComparison.Ordinal);
                Assert.DoesNotContain("172.18.", Command.Run("ip -n web route show table all"), StringComparison.Ordinal);

                // The names are free in both namespaces, and the next endpoint takes them.
                lab.Add(endpoint);
                Assert.Contains("172.18.0.2/16", Command.Run("ip -n web address show eth0"), StringComparison.Ordinal);
                Assert.Contains("default via 172.18.0.1", Command.Run("ip -n web route"), StringComparison.Ordinal);

                Assert.Empty(lab.Remove([.. endpoint, .. lab.Shape.NetworkObjects]));
                Assert.Equal(3, Command.Run(Buried).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
                Assert.DoesNotContain("172.18.", Command.Run("ip address"), StringComparison.Ordinal);
                Assert.DoesNotContain("172.18.", Command.Run("ip route show table all"), StringComparison.Ordinal);
                Command.Run("ip", "link", "add", lab.Shape.Bridge.Name, "type", "bridge");

                never.Advance(TimeSpan.FromSeconds(1));
                Assert.Empty(Command.Run(Buried));
                Assert.Contains(lab.Shape.Bridge.Name, Command.Run("ip -br link"), StringComparison.Ordinal);
            },
            time: never);
    }

    [KernelFact]
    public void Graves_of_a_daemon_that_was_killed_are_emptied_at_the_first_look() => Lab.Run(static lab =>
    {
        Command.Run("ip link add grave7 group 28516 type bridge");
        Command.Run("ip link add grave9 group 28516 type veth peer name graveother group 28516");
        StateDifference first = lab.Engine.Diff([]);
        Assert.True(first.IsEmpty);
        Assert.True(first.HadGraves);
        Assert.Empty(Command.Run(Buried));
        Assert.False(lab.Engine.Diff([]).HadGraves);
    });

    [KernelFact]
    public void Graves_that_are_emptied_before_the_first_look_are_told_by_it()
    {
        var time = new FakeTimeProvider();
        Lab.Run(
            lab =>
            {
                lab.Add(lab.Shape.Bridge);
                lab.Remove(lab.Shape.Bridge);
                time.Advance(TimeSpan.FromSeconds(1));
                Assert.Empty(Command.Run(Buried));
                Assert.True(lab.Engine.Diff([]).HadGraves);
                Assert.False(lab.Engine.Diff([]).HadGraves);
            },
            time: time);
    }

    [KernelFact]
    public void What_an_operation_that_fails_has_buried_is_deleted_without_another_one()
    {
        var time = new FakeTimeProvider();
        Lab.Run(
            lab =>
            {
                lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects]);
                Command.Run("ip -n web link add eth0 type bridge");
                Assert.ThrowsAny<CnmException>(() => lab.Add(lab.Shape.EndpointObjects));
                time.Advance(TimeSpan.FromSeconds(1));
                Assert.Empty(Command.Run(Buried));
            },
            time: time);
    }

    [KernelFact]
    public void However_quickly_operations_follow_each_other_graves_are_emptied()
    {
        var time = new FakeTimeProvider();
        Lab.Run(
            lab =>
            {
                List<int> graves = [];
                for (int removal = 0; removal < 20; removal++)
                {
                    lab.Add(lab.Shape.Bridge);
                    lab.Remove(lab.Shape.Bridge);
                    time.Advance(TimeSpan.FromMilliseconds(40));
                    graves.Add(Command.Run(Buried).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
                }

                // Half a second after the first was buried, all that there are by then are deleted; and so on.
                Assert.Equal([.. Enumerable.Range(1, 12), 0, .. Enumerable.Range(1, 7)], graves);
            },
            time: time);
    }

    [KernelFact]
    public void An_engine_that_ends_leaves_no_graves() => HostNamespace.Run(static host =>
    {
        using (var lab = new Lab(host, time: new FakeTimeProvider()))
        {
            lab.Add(lab.Shape.Bridge);
            lab.Remove(lab.Shape.Bridge);
            Assert.NotEmpty(Command.Run(Buried));
        }

        Assert.Empty(Command.Run(Buried));
    });

    [KernelFact]
    public void A_link_that_the_kernel_does_not_bury_is_deleted() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.Bridge);
        string index = File.ReadAllText($"/sys/class/net/{lab.Shape.Bridge.Name}/ifindex").Trim();
        Command.Run("ip", "link", "add", $"grave{index}", "type", "bridge"); // the name of its grave is taken
        Assert.Empty(lab.Remove(lab.Shape.Bridge));
        Assert.DoesNotContain(lab.Shape.Bridge.Name, Command.Run("ip -br link"), StringComparison.Ordinal);
        Assert.Contains($"grave{index}", Command.Run("ip -br link"), StringComparison.Ordinal);
    }, time: new FakeTimeProvider());
}
