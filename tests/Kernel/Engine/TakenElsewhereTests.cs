using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>Links that a container has renamed are told apart from those that are gone: a daemon that mends by itself leaves
/// them.</summary>
public sealed class TakenElsewhereTests
{
    [KernelFact]
    public void A_pair_whose_other_end_was_renamed() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Assert.Empty(lab.Engine.Diff(lab.Shape.All).TakenElsewhere);
        Command.Run("ip -n web link set eth0 name wan0");
        Assert.Equal<DesiredObject>([lab.Shape.Veth], lab.Engine.Diff(lab.Shape.All).TakenElsewhere);
    });

    [KernelFact]
    public void A_pair_of_which_both_ends_were_renamed() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip -n web link set eth0 name wan0");
        Command.Run("ip link set vethbbbbbbb name other");
        Assert.Equal<DesiredObject>([lab.Shape.Veth], lab.Engine.Diff(lab.Shape.All).TakenElsewhere);
        Command.Run("ip link delete other");
        Assert.Empty(lab.Engine.Diff(lab.Shape.All).TakenElsewhere);
    });

    [KernelFact]
    public void A_link_that_shares_one_of_the_host() => Lab.Run(static lab =>
    {
        Command.Run("ip link add wire type veth peer name far");
        Command.Run("ip link set wire up");
        var link = new MacvlanLink
        {
            Owner = lab.Shape.Veth.Owner,
            Namespace = lab.Shape.Inside,
            Name = "eth0",
            Parent = "wire",
            Mode = MacvlanMode.Bridge,
            MacAddress = lab.Shape.Veth.PeerMacAddress,
            IPv6 = false,
        };
        DesiredObject[] desired = [.. lab.Shape.All.Where(o => o is NamespaceObject or NamespaceName), link];
        lab.Add(desired);
        Assert.True(lab.Engine.Diff(desired).IsEmpty);
        Command.Run("ip -n web link set eth0 down");
        Command.Run("ip -n web link set eth0 name wan0");
        StateDifference difference = lab.Engine.Diff(desired);
        Assert.Equal<DesiredObject>([link], difference.Missing);
        Assert.Equal<DesiredObject>([link], difference.TakenElsewhere);
        Command.Run("ip -n web link delete wan0");
        Assert.Empty(lab.Engine.Diff(desired).TakenElsewhere);
    });
}
