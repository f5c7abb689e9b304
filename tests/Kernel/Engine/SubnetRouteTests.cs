using System.Text.Json;
using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>The route that the kernel adds with an address: it is missing when the kernel has added it and somebody has deleted it, whether
/// or not the link has a carrier at that moment.</summary>
public sealed class SubnetRouteTests
{
    private const string Words = "its subnet has no route";

    [KernelFact]
    public void An_IPv6_route_that_was_deleted_is_missed_also_while_the_bridge_has_no_carrier() => Lab.Run(static lab =>
    {
        // A bridge without ports never had one: the kernel adds the route when it comes.
        lab.Add([.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects]);
        Assert.DoesNotContain(lab.Engine.Diff(Network(lab)).Different, pair => pair.Actual == Words);
        lab.Add(lab.Shape.EndpointObjects);
        WaitForCarrier(true);
        Assert.Single(Routes());

        Command.Run("ip link delete vethbbbbbbb");
        WaitForCarrier(false);
        Command.Run("ip -6 route flush proto kernel dev br-aaaaaaaaaaaa");
        Assert.Empty(Routes());
        StateDifference difference = lab.Engine.Diff(Network(lab));
        (DesiredObject wanted, _) = Assert.Single(difference.Different, pair => pair.Actual == Words);
        Assert.Contains("2001:db8:1::1", wanted.Key, StringComparison.Ordinal);
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.Single(Routes());
        Assert.DoesNotContain(lab.Engine.Diff(Network(lab)).Different, pair => pair.Actual == Words);
    });

    private static IReadOnlyList<DesiredObject> Network(Lab lab) => [.. lab.Shape.NetworkObjects, .. lab.Shape.SandboxObjects];

    private static JsonElement[] Routes() =>
        [.. Command.Json("ip -6 -j route show 2001:db8:1::/64 dev br-aaaaaaaaaaaa").EnumerateArray()];

    private static void WaitForCarrier(bool wanted)
    {
        while (Command.Json("ip -j link show dev br-aaaaaaaaaaaa")[0].GetProperty("flags").EnumerateArray()
            .Any(flag => flag.GetString() == "LOWER_UP") != wanted)
        {
            Thread.Sleep(10);
        }
    }
}
