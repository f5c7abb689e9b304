using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>Links that plug-ins make come up in the sandbox, or are known not to have come up yet: somebody who sets one down is another
/// case.</summary>
public sealed class MovedLinkTests
{
    private const int Arriving = 28517;

    [KernelFact]
    public void One_that_cannot_come_up_is_not_taken_for_one_that_was_set_down_and_comes_up_later() => Lab.Run(static lab =>
    {
        // As a daemon leaves it that is killed after the move. A macvlan does not come up while its parent has the same Ethernet address.
        DesiredObject[] sandbox = Sandbox(lab);
        lab.Add(sandbox);
        Command.Run("ip link add parent address 02:00:00:00:00:05 type veth peer name other");
        Command.Run("ip link add link parent name wire address 02:00:00:00:00:05 type macvlan mode bridge");
        Command.Run(string.Create(CultureInfo.InvariantCulture, $"ip link set wire netns web name eth5 group {Arriving}"));
        DesiredObject[] desired = [.. sandbox, Moved(lab)];
        StateDifference difference = lab.Engine.Diff(desired);
        Assert.Equal([Moved(lab)], difference.Different.Select(pair => pair.Wanted));
        Assert.NotEmpty(lab.Engine.Mend(difference));
        difference = lab.Engine.Diff(desired);
        Assert.Equal([Moved(lab)], difference.Different.Select(pair => pair.Wanted));
        Assert.Empty(difference.Conflicts);

        Command.Run("ip link set parent address 02:00:00:00:00:06");
        Assert.Empty(lab.Engine.Mend(difference));
        Assert.True(lab.Engine.Diff(desired).IsEmpty);
        Assert.Equal(("default", true), StateOf("ip -n web -j link show dev eth5"));

        // What somebody sets down stays down.
        Command.Run("ip -n web link set eth5 down");
        difference = lab.Engine.Diff(desired);
        Assert.Empty(difference.Different);
        Assert.Contains("was set down in there", Assert.Single(difference.Conflicts), StringComparison.Ordinal);
    });

    [KernelFact]
    public void One_is_marked_while_it_arrives_only_and_leaves_as_it_came() => Lab.Run(static lab =>
    {
        DesiredObject[] sandbox = Sandbox(lab);
        lab.Add(sandbox);
        Command.Run("ip link add wire type veth peer name other");
        lab.Add(Moved(lab));
        Assert.Equal(("default", true), StateOf("ip -n web -j link show dev eth5"));
        lab.Remove(Moved(lab));
        Assert.Equal(("default", false), StateOf("ip -j link show dev wire"));

        Command.Run("ip link set wire group 7");
        lab.Add(Moved(lab));
        Assert.Equal(("7", true), StateOf("ip -n web -j link show dev eth5"));
        lab.Remove(Moved(lab));
        Assert.Equal(("7", false), StateOf("ip -j link show dev wire"));
    });

    private static DesiredObject[] Sandbox(Lab lab) =>
        [.. lab.Shape.SandboxObjects.Where(one => one is NamespaceObject or NamespaceName)];

    private static MovedLink Moved(Lab lab) => new()
    {
        Owner = lab.Shape.Veth.Owner,
        Namespace = lab.Shape.Inside,
        SourceName = "wire",
        Name = "eth5",
        IPv6 = true,
        Maker = "wires",
    };

    private static (string? Group, bool IsUp) StateOf(string command)
    {
        System.Text.Json.JsonElement link = Command.Json(command)[0];
        return (link.GetProperty("group").GetString(), link.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "UP"));
    }
}
