using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>What a container has done to its own namespace does not make a change fail; it is told, and the rest is done.</summary>
public sealed class SandboxFailureTests
{
    [KernelFact]
    public void A_default_route_that_is_to_lead_by_a_link_that_was_set_down_is_postponed() => Postponed(
        "ip -n web link set dev eth0 down",
        static lab => new StateChange(
            [],
            [(lab.Shape.DefaultRoute, lab.Shape.DefaultRoute with { Gateway = IPAddress.Parse("172.18.0.9") })],
            [lab.Shape.Port]),
        "route to default by eth0 of web");

    [KernelFact]
    public void A_new_link_whose_name_a_container_has_taken_is_refused_for_the_next_name_to_be_tried() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip -n web link add eth1 type bridge");
        string before = lab.Snapshot();
        List<string> postponed = [];
        CnmException error = Assert.Throws<CnmException>(() => lab.Engine.Apply(
            new StateChange(
                [
                    lab.Shape.Veth with { Name = "vethfffffff", PeerName = "eth1" },
                    lab.Shape.InContainer("192.0.2.5/24") with { Link = "eth1" },
                    lab.Shape.Port with { Port = 8099 },
                ],
                [],
                []),
            postponed));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("web has a device eth1 already", error.Message, StringComparison.Ordinal);
        Assert.Empty(postponed);
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
    });

    [KernelFact]
    public void A_change_of_a_link_that_a_container_has_deleted_is_postponed() => Postponed(
        "ip -n web link delete eth0",
        static lab => new StateChange([], [(lab.Shape.Veth, lab.Shape.Veth with { Hairpin = true })], []),
        "link vethbbbbbbb to eth0 of web");

    [KernelFact]
    public void A_resolver_whose_port_a_container_has_taken_is_postponed() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        lab.Resolver.Refuses = true;
        List<string> postponed = [];
        ResolverListener moved = lab.Shape.Resolver with { Port = 40055 };
        lab.Engine.Apply(new StateChange([], [(lab.Shape.Resolver, moved)], [lab.Shape.Port]), postponed);
        Assert.Contains("the rewrite is refused", Assert.Single(postponed), StringComparison.Ordinal);
        Assert.DoesNotContain(":8080 ", Command.Run("ss -Hltn"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void In_a_namespace_that_the_change_makes_nothing_is_postponed() => Lab.Run(static lab =>
    {
        string before = lab.Snapshot();
        List<string> postponed = [];
        DesiredObject[] wanted = [.. lab.Shape.All, lab.Shape.Route("198.51.100.0/24", "192.0.2.1")];
        Assert.Throws<CnmException>(() => lab.Engine.Apply(new StateChange(wanted, [], []), postponed));
        Assert.Empty(postponed);
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
    });

    [KernelFact]
    public void A_missing_bridge_is_not_the_containers_doing() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.SandboxObjects);
        List<string> postponed = [];
        Assert.Throws<CnmException>(() => lab.Engine.Apply(new StateChange([lab.Shape.Veth], [], []), postponed));
        Assert.Empty(postponed);
    });

    private static void Postponed(string harm, Func<Lab, StateChange> change, string expected) => Lab.Run(lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run(harm);
        List<string> postponed = [];
        Assert.Empty(lab.Engine.Apply(change(lab), postponed));
        Assert.Contains(expected, Assert.Single(postponed), StringComparison.Ordinal);
    });
}
