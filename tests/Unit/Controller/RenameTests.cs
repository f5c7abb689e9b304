using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Dns.Files;
using Net.Drivers.Bridge;

namespace Net.Tests.Unit.Controller;

/// <summary>A container's name is for people: what it has in the kernel does not depend on it.</summary>
public sealed class RenameTests
{
    [Fact]
    public async Task A_rename_changes_the_name_for_ip_netns_and_nothing_else()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        SandboxId id = (await test.CreateAsync("web", "front")).Id;

        ModelSnapshot before = test.Controller.Snapshot;
        ModelSnapshot after =
            before with { SandboxesById = before.SandboxesById.SetItem(id, before.SandboxesById[id] with { Name = "shop" }) };
        StateChange change = Planner().Between(
            new ModelChange(
                before, after, new HashSet<NetworkId>(), new HashSet<SandboxId> { id }, new HashSet<EndpointId>(), new HashSet<OwnerId>()),
            new HostView(test.Engine.Facts, ResolvConf.Parse("")));

        Assert.Equal("namespace-name:shop", Assert.Single(change.Add).Key);
        Assert.Equal("namespace-name:web", Assert.Single(change.Remove).Key);
        Assert.Empty(change.Replace);
    }

    [Fact]
    public void A_container_named_host_shares_no_key_with_the_host()
    {
        OwnerId owner = new(OwnerKind.Sandbox, new string('a', 64));
        NamespaceRef named = NamespaceRef.At("/run/test/netns/" + owner.Tag, "host");
        Assert.NotEqual(NamespaceRef.Host, named);
        DesiredObject[] both = [.. Objects(owner, NamespaceRef.Host), .. Objects(owner, named)];
        Assert.Equal(both.Length, StateChange.Between([], both).Add.Count);
        Assert.Equal(Objects(owner, NamespaceRef.Host).Select(o => o.Label), Objects(owner, named).Select(o => o.Label));
    }

    private static Planner Planner() =>
        new(
            new DriverDirectory([new BridgeDriver()], new NoPlugins()),
            new SandboxPaths(new ExecRoot("/run/test")),
            ResolverConfig.None,
            []);

    private static DesiredObject[] Objects(OwnerId owner, NamespaceRef place) =>
    [
        new LinkAddress { Owner = owner, Namespace = place, Link = "eth0", Address = new(IPAddress.Parse("192.0.2.1"), 24) },
        new RouteObject { Owner = owner, Namespace = place, Link = "eth0", Destination = IPNetwork.Parse("198.51.100.0/24") },
        new NeighbourObject
        {
            Owner = owner,
            Namespace = place,
            Link = "eth0",
            Address = IPAddress.Parse("192.0.2.2"),
            MacAddress = default,
        },
        new SysctlObject { Owner = owner, Namespace = place, Path = "net/ipv4/ip_forward", Value = "1" },
    ];
}
