using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>Links that another program takes, as Docker Engine does with what its plug-in has made: the other end of a veth pair, or a link
/// that shares one of the host.</summary>
public sealed class HandedOverTests
{
    [KernelFact]
    public void The_other_end_may_be_taken_away_and_renamed_and_goes_with_the_pair() => Lab.Run(static lab =>
    {
        VethPair pair = lab.Shape.Veth with
        {
            Ownership = Ownership.HandedOver,
            PeerNamespace = NamespaceRef.Host,
            PeerName = "vpbbbbbbb",
        };
        DesiredObject[] desired = [lab.Shape.Bridge, pair];
        lab.Add(desired);
        Assert.DoesNotContain("vpbbbbbbb", lab.Engine.ReadHostFacts().ForeignLinks);
        Assert.True(lab.Engine.Diff(desired).IsEmpty);
        Assert.DoesNotContain("UP", Command.Run("ip -br link show vpbbbbbbb"), StringComparison.Ordinal);

        Command.Run("ip netns add taker");
        Command.Run("ip link set vpbbbbbbb netns taker");
        Command.Run("ip -n taker link set vpbbbbbbb name eth0 up");
        StateDifference taken = lab.Engine.Diff(desired);
        Assert.True(taken.IsEmpty);
        Assert.Empty(taken.TakenElsewhere);
        lab.Engine.Apply(new StateChange([], [], desired));
        Graves.WaitUntilEmpty();
        Assert.DoesNotContain("eth0", Command.Run("ip -n taker -br link"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void What_goes_with_the_namespace_of_the_other_program_is_neither_missing_nor_in_the_way_of_a_change() =>
        Lab.Run(static lab =>
        {
            VethPair pair = lab.Shape.Veth with
            {
                Ownership = Ownership.HandedOver,
                PeerNamespace = NamespaceRef.Host,
                PeerName = "vpbbbbbbb",
            };
            var setting = new SysctlObject
            {
                Owner = pair.Owner,
                Namespace = NamespaceRef.Host,
                Link = pair.Name,
                Path = $"net/ipv4/conf/{pair.Name}/accept_redirects",
                Value = "0",
            };
            DesiredObject[] desired = [lab.Shape.Bridge, pair, setting];
            lab.Add(desired);
            Command.Run("ip netns add taker");
            Command.Run("ip link set vpbbbbbbb netns taker");
            Command.Run("ip netns delete taker");
            Wait(() => !Command.Run("ip -br link").Contains(pair.Name, StringComparison.Ordinal));

            StateDifference difference = lab.Engine.Diff(desired);
            Assert.True(difference.IsEmpty);
            Assert.Equal<DesiredObject>([pair], difference.Gone);
            VethPair changed = pair with { Hairpin = true };
            List<string> postponed = [];
            Assert.Empty(lab.Engine.Apply(new StateChange([], [(pair, changed)], []), postponed));
            Assert.Empty(postponed);
            Assert.Empty(lab.Engine.Apply(new StateChange([], [], [lab.Shape.Bridge, changed, setting])));
        });

    [KernelFact]
    public void A_link_on_one_of_the_hosts_waits_down_and_may_be_taken_away_or_end_here() => Lab.Run(static lab =>
    {
        Command.Run("ip link add wire type veth peer name far");
        Command.Run("ip link set wire up");
        Command.Run("ip link set far up");
        Wait(() => new[] { "wire", "far" }.All(name => Command.Run($"ip -br link show {name}").Contains(" UP ", StringComparison.Ordinal)));
        var link = new MacvlanLink
        {
            Owner = lab.Shape.Veth.Owner,
            Ownership = Ownership.HandedOver,
            Namespace = NamespaceRef.Host,
            Name = "vpbbbbbbb",
            Parent = "wire",
            Mode = MacvlanMode.Private,
            MacAddress = lab.Shape.Veth.PeerMacAddress,
            IPv6 = false,
        };
        string before = Command.Run("ip -br link");
        lab.Add(link);
        string waiting = Command.Run("ip -d link show vpbbbbbbb");
        Assert.Contains("macvlan mode private", waiting, StringComparison.Ordinal);
        Assert.Contains(link.Owner.Tag, waiting, StringComparison.Ordinal);
        Assert.DoesNotContain(" UP ", Command.Run("ip -br link show vpbbbbbbb"), StringComparison.Ordinal);
        Assert.DoesNotContain("fe80", Command.Run("ip -br address show vpbbbbbbb"), StringComparison.Ordinal);
        AssertAsItShouldBe(lab, link);

        Command.Run("ip netns add taker");
        Command.Run("ip link set vpbbbbbbb netns taker");
        Command.Run("ip -n taker link set vpbbbbbbb name eth0 up");
        AssertAsItShouldBe(lab, link);

        // Docker Engine moves it back when the container leaves the network.
        Command.Run("ip -n taker link set eth0 down");
        Command.Run("sh", "-c", "ip netns attach back $$");
        Command.Run("ip -n taker link set eth0 netns back name vpbbbbbbb");
        AssertAsItShouldBe(lab, link);
        Assert.Empty(lab.Remove(link));
        Assert.Equal(before, Command.Run("ip -br link"));
        Assert.Empty(lab.Remove(link));
    });

    // The kernel takes a namespace down some time after its last reference is gone.
    private static void Wait(Func<bool> condition)
    {
        for (int left = 1000; !condition(); left--)
        {
            Assert.True(left > 0, "did not happen in time");
            Thread.Sleep(20);
        }
    }

    private static void AssertAsItShouldBe(Lab lab, DesiredObject link)
    {
        StateDifference difference = lab.Engine.Diff([link]);
        Assert.True(difference.IsEmpty, string.Join("; ", difference.Conflicts));
    }
}
