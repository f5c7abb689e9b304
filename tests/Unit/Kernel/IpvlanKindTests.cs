using Net.Cnm.DesiredState;
using Net.Kernel;
using Net.Kernel.Links;

namespace Net.Tests.Unit.Kernel;

/// <summary>What is explained of ipvlan links, which the kernel of the build machine cannot make.</summary>
public sealed class IpvlanKindTests
{
    [Theory]
    [InlineData(IpvlanMode.L2, IpvlanFlag.Bridge, "mode l2 bridge")]
    [InlineData(IpvlanMode.L3, IpvlanFlag.Private, "mode l3 private")]
    [InlineData(IpvlanMode.L3S, IpvlanFlag.Vepa, "mode l3s vepa")]
    public void Command_is_what_a_person_would_type(IpvlanMode mode, IpvlanFlag flag, string words)
    {
        IObjectKind kind = new IpvlanKind();
        Assert.Equal(
            $"ip link add link eth0 name eth1 mtu 1400 group 28515 netns web type ipvlan {words} || {{ "
                + $"ip link add link eth0 name netctl-new mtu 1400 group 28515 netns web type ipvlan {words} && "
                + "ip -n web link set dev netctl-new name eth1; }",
            kind.Add(new IpvlanLink
            {
                Owner = OwnerId.Host,
                Namespace = NamespaceRef.At("/run/netctl/netns/x", "web"),
                Name = "eth1",
                Parent = "eth0",
                Mode = mode,
                Flag = flag,
                Mtu = 1400,
                IPv6 = false,
            }).First().Command);
    }
}
