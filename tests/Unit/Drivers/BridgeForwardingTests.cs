using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Drivers.Bridge;

namespace Net.Tests.Unit.Drivers;

/// <summary>A driver that is to leave the host's IP forwarding alone.</summary>
public sealed class BridgeForwardingTests
{
    private static readonly HostFacts Off = new()
    {
        IPv4Forwarding = ForwardingState.Off,
        IPv6Forwarding = ForwardingState.Off,
    };

    [Fact]
    public void It_asks_for_no_forwarding_and_no_guard_and_says_what_does_not_work()
    {
        IDriverNetwork network = Open(Off);

        Assert.Empty(Forwarding(network));
        Assert.Empty(network.Describe().OfType<ForwardingGuard>());
        Assert.Collection(
            network.CheckNew(),
            warning => Assert.Equal(
                "network web: IPv4 forwarding is off on this host and the daemon leaves it alone (--ip-forward=false), so containers reach "
                    + "the host only; set net.ipv4.ip_forward=1, or leave the flag out",
                warning),
            warning => Assert.Contains("IPv6 forwarding is off", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_content_with_a_host_that_forwards()
    {
        IDriverNetwork network = Open(new HostFacts { IPv4Forwarding = ForwardingState.On, IPv6Forwarding = ForwardingState.On });

        Assert.Empty(Forwarding(network));
        Assert.Empty(network.CheckNew());
    }

    // The guard, without which the host would forward for everybody, goes with the forwarding that an earlier daemon turned on.
    [Fact]
    public void What_an_earlier_daemon_turned_on_stays_on_and_guarded()
    {
        IDriverNetwork network = Open(Off with { IPv4Forwarding = ForwardingState.OnByUs });

        Assert.Equal(["net/ipv4/ip_forward"], Forwarding(network));
        Assert.False(Assert.Single(network.Describe().OfType<ForwardingGuard>()).IPv6);
    }

    [Theory]
    [InlineData(ForwardingState.OnByUs, ForwardingState.OnByUs, "docker0 virbr0")]
    [InlineData(ForwardingState.On, ForwardingState.OnByUs, "docker0 virbr0")]
    [InlineData(ForwardingState.On, ForwardingState.On, "")]
    public void The_guard_leaves_bridges_of_others_guests_alone(ForwardingState ipv4, ForwardingState ipv6, string guests)
    {
        HostBridge[] bridges =
        [
            new("virbr0", 1500) { HasGuestsOnly = true }, new("lan", 1500), new("docker0", 1500) { HasGuestsOnly = true },
        ];
        IDriverNetwork network = Open(new HostFacts { IPv4Forwarding = ipv4, IPv6Forwarding = ipv6, ForeignBridges = bridges });

        GuestBridge[] described = [.. network.Describe().OfType<GuestBridge>()];
        Assert.Equal(guests, string.Join(' ', described.Select(bridge => bridge.Bridge)));
        Assert.All(described, bridge => Assert.Equal((OwnerId.Host, Ownership.Adopted), (bridge.Owner, bridge.Ownership)));
    }

    private static IDriverNetwork Open(HostFacts facts) => new BridgeDriver(turnsForwardingOn: false).Open(Samples.DualStack(), facts);

    private static IEnumerable<string> Forwarding(IDriverNetwork network) => network.Describe().OfType<SysctlObject>()
        .Select(setting => setting.Path).Where(path => path.Contains("forward", StringComparison.Ordinal));
}
