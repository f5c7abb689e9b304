using Net.Api.Networks;

namespace Net.Tests.Unit.Api;

public sealed class PoolPairingTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Each_range_gateway_and_address_goes_to_the_subnet_that_holds_it()
    {
        IReadOnlyList<NetworkIpamPool> pools = PoolPairing.Pair(
            ["10.5.0.0/24", "fd00:5::/64"],
            ["10.5.0.128/25"],
            ["fd00:5::1", "10.5.0.254"],
            new Dictionary<string, string> { ["printer"] = "10.5.0.9" });

        Assert.Equal(["10.5.0.0/24", "fd00:5::/64"], pools.Select(p => p.Subnet));
        Assert.Equal(["10.5.0.128/25", null], pools.Select(p => p.IPRange));
        Assert.Equal(["10.5.0.254", "fd00:5::1"], pools.Select(p => p.Gateway));
        Assert.Equal("10.5.0.9", pools[0].AuxiliaryAddresses!["printer"]);
    }

    [Fact]
    public void A_subnet_with_host_bits_is_left_to_the_daemon_to_refuse() =>
        Assert.Equal("10.5.0.1/24", Assert.Single(PoolPairing.Pair(["10.5.0.1/24"], [], [], None)).Subnet);

    [Theory]
    [InlineData("10.5.0.0", "", "10.5.0.0")]
    [InlineData("10.5.0.0/33", "", "10.5.0.0/33")]
    [InlineData("10.5.0.0/24", "10.6.0.1", "10.6.0.1")]
    [InlineData("10.5.0.0/24", "x", "\"x\"")]
    [InlineData("", "10.5.0.1", "--subnet")]
    [InlineData("10.5.0.0/24", "10.5.0.1 10.5.0.2", "second")]
    public void What_fits_nowhere_is_named(string subnet, string gateways, string word)
    {
        char[] space = [' '];
        FormatException error = Assert.Throws<FormatException>(() => PoolPairing.Pair(
            subnet.Split(space, StringSplitOptions.RemoveEmptyEntries),
            [],
            gateways.Split(space, StringSplitOptions.RemoveEmptyEntries),
            None));

        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }
}
