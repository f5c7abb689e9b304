using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>A veth pair whose other end another program takes, as Docker Engine does with what its plug-in has made.</summary>
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
        Assert.DoesNotContain("UP", Command.Run("ip -br link show vpbbbbbbb"), StringComparison.Ordinal);

        Command.Run("ip netns add taker");
        Command.Run("ip link set vpbbbbbbb netns taker");
        Command.Run("ip -n taker link set vpbbbbbbb name eth0 up");
        Assert.True(lab.Engine.Diff(desired).IsEmpty);
        lab.Engine.Apply(new StateChange([], [], desired));
        Assert.DoesNotContain("eth0", Command.Run("ip -n taker -br link"), StringComparison.Ordinal);
    });
}
