using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>The explanation, typed by a person in the state before, gives the kernel state that apply makes.</summary>
public sealed class ExplainTests
{
    [KernelFact]
    public void Making_a_network_and_a_container_by_hand_gives_the_same() =>
        SameByHand(static lab => [], static lab => new StateChange(lab.Shape.All, [], []));

    [KernelFact]
    public void Making_them_with_iptables_by_hand_gives_the_same() =>
        SameByHand(static lab => [], static lab => new StateChange(lab.Shape.All, [], []), "iptables");

    [KernelFact]
    public void Making_them_with_nftables_by_hand_gives_the_same() =>
        SameByHand(static lab => [], static lab => new StateChange(lab.Shape.All, [], []), "nftables");

    [KernelFact]
    public void Adding_a_container_with_a_port_by_hand_gives_the_same_rules() => SameByHand(
        static lab => [.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects],
        static lab => new StateChange(lab.Shape.EndpointObjects, [], []),
        "nftables");

    [KernelFact]
    public void Removing_the_container_by_hand_gives_the_same() => SameByHand(
        static lab => lab.Shape.All,
        static lab => new StateChange([], [], [.. lab.Shape.SandboxObjects, .. lab.Shape.EndpointObjects]));

    [KernelFact]
    public void Disconnecting_an_address_and_a_route_by_hand_gives_the_same() => SameByHand(
        static lab => [.. lab.Shape.All, lab.Shape.InContainer("172.18.0.7/16"), lab.Shape.Route("198.51.100.0/24", "172.18.0.1")],
        static lab => new StateChange([], [], [lab.Shape.InContainer("172.18.0.7/16"), lab.Shape.Route("198.51.100.0/24", "172.18.0.1")]));

    [KernelFact]
    public void Replacing_by_hand_gives_the_same() => SameByHand(static lab => lab.Shape.All, static lab => new StateChange(
        [],
        [
            (lab.Shape.Veth, lab.Shape.Veth with { Mtu = 1300, Hairpin = true }),
            (lab.Shape.Bridge, lab.Shape.Bridge with { Mtu = 1350 }),
            (lab.Shape.DefaultRoute, lab.Shape.DefaultRoute with { Gateway = System.Net.IPAddress.Parse("172.18.0.9") }),
        ],
        []));

    [KernelTheory]
    [InlineData(true)]
    [InlineData(false)] // a kernel before 6.13, which refuses the name of a link of the host
    public void Making_a_link_that_shares_one_of_the_host_by_hand_gives_the_same(bool isRecent)
    {
        string applied = "";
        Lab.Run(lab =>
        {
            Command.Run("ip link add wire address 02:42:00:00:00:01 type veth peer name far");
            lab.Add([.. lab.Shape.SandboxObjects, Shared(lab)]);
            applied = See(lab);
        });
        Lab.Run(lab =>
        {
            Command.Run("ip link add wire address 02:42:00:00:00:01 type veth peer name far");
            IReadOnlyList<string> commands = lab.Engine.Explain(new StateChange([.. lab.Shape.SandboxObjects, Shared(lab)], [], []));
            Type(isRecent ? commands : [.. commands.Select(OnAnOlderKernel)]);
            Assert.Equal(applied.Split('\n'), See(lab).Split('\n'));
        });
    }

    private static string OnAnOlderKernel(string command) =>
        command.StartsWith("ip link add link wire", StringComparison.Ordinal) ? command.Split(" || ")[1] : command;

    private static MacvlanLink Shared(Lab lab) => new()
    {
        Owner = lab.Shape.Veth.Owner,
        Namespace = lab.Shape.Inside,
        Name = "eth0",
        Parent = "wire",
        Mode = MacvlanMode.Bridge,
        MacAddress = lab.Shape.Veth.PeerMacAddress,
        Mtu = 1400,
        IPv6 = false,
    };

    private static void SameByHand(Func<Lab, IEnumerable<DesiredObject>> before, Func<Lab, StateChange> change, string? backend = null)
    {
        string applied = "";
        Lab.Run(lab =>
        {
            lab.Add(before(lab));
            Assert.Empty(lab.Engine.Apply(change(lab)));
            applied = See(lab);
        }, backend);
        Lab.Run(lab =>
        {
            Type(lab.Engine.Explain(new StateChange([.. before(lab)], [], [])));
            Type(lab.Engine.Explain(change(lab)));
            Assert.Equal(applied.Split('\n'), See(lab).Split('\n'));
        }, backend);
    }

    private static void Type(IReadOnlyList<string> commands)
    {
        string script = string.Join('\n', [.. commands, ""]);
        CommandResult typed = Command.RunWithInput(script, "sh", "-e");
        Assert.True(typed.ExitCode == 0, $"{typed.Error}\n{script}");
    }

    private static string See(Lab lab) => $"{Witness.See(null)}\n{Witness.Rules(null)}\n--\n"
        + (File.Exists("/run/netns/web") ? $"{Witness.See("/run/netns/web")}\n{Witness.Rules("/run/netns/web")}" : "");
}
