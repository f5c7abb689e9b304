using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Daemon;

namespace Net.Tests.Unit.Daemon;

/// <summary>What the log says of a default bridge that was made under other settings.</summary>
public sealed class DefaultBridgeTests
{
    private static readonly DaemonOptions Options = new()
    {
        Mtu = 1400,
        BridgeAddress = InterfaceAddress.Parse("10.9.0.1/24"),
        Masquerade = false,
    };

    [Fact]
    public void A_bridge_that_was_made_under_the_same_settings_has_nothing_to_say()
    {
        Assert.Null(DefaultBridge.DeviationOf(Options, MadeUnder(Options)));
        Assert.Null(DefaultBridge.DeviationOf(new DaemonOptions(), MadeUnder(new DaemonOptions())));
    }

    [Theory]
    [InlineData(1500, "10.9.0.1/24", "mtu")]
    [InlineData(null, "10.9.0.1/24", "mtu")]
    [InlineData(1400, "10.9.0.2/24", "bip, fixed-cidr or default-gateway")]
    [InlineData(1450, "10.8.0.1/24", "mtu, bip, fixed-cidr or default-gateway")]
    public void What_it_does_not_follow_is_named(int? mtu, string address, string flags) => Assert.Equal(
        $"network bridge was made under other settings and keeps them, so it does not follow {flags}; "
            + "\"netctl system reset\" removes everything and makes it anew",
        DefaultBridge.DeviationOf(
            Options with { Mtu = mtu, BridgeAddress = InterfaceAddress.Parse(address) }, MadeUnder(Options)));

    [Fact]
    public void The_second_address_family_is_a_setting_too() => Assert.Contains(
        "does not follow ipv6;",
        DefaultBridge.DeviationOf(Options with { BridgeIPv6 = true }, MadeUnder(Options)),
        StringComparison.Ordinal);

    private static Network MadeUnder(DaemonOptions options) => new()
    {
        Id = NetworkId.New(),
        Name = "bridge",
        Driver = "bridge",
        Created = DateTimeOffset.UnixEpoch,
        IsPredefined = true,
        EnableIPv6 = options.BridgeIPv6,
        Options = DefaultBridge.OptionsOf(options),
        Pools = [.. DefaultBridge.SubnetsOf(options).Select(s => new AddressPool
        {
            Subnet = s.Subnet!.Value,
            Range = s.Range,
            Gateway = s.Gateway,
            AuxiliaryAddresses = s.AuxiliaryAddresses,
        })],
    };
}
