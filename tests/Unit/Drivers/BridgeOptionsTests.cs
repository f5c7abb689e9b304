using Net.Cnm.Errors;
using Net.Drivers.Bridge;
using Net.Drivers.Options;

namespace Net.Tests.Unit.Drivers;

public sealed class BridgeOptionsTests
{
    [Fact]
    public void Without_options_everything_has_its_default()
    {
        Assert.True(BridgeOptions.TryParse(new Dictionary<string, string>(), ipv6: false, out BridgeOptions? options, out _));
        Assert.Equal(new BridgeOptions(), options);
    }

    [Theory]
    [InlineData("com.docker.network.bridge.name", "")]
    [InlineData("com.docker.network.bridge.name", "sixteen-letters-")]
    [InlineData("com.docker.network.bridge.name", "a/b")]
    [InlineData("com.docker.network.bridge.name", "a b")]
    [InlineData("com.docker.network.bridge.name", "-x")]
    [InlineData("com.docker.network.bridge.name", "..")]
    [InlineData("com.docker.network.bridge.name", "lo")]
    [InlineData("com.docker.network.bridge.name", "all")]
    [InlineData("com.docker.network.driver.mtu", "67")]
    [InlineData("com.docker.network.driver.mtu", "65536")]
    [InlineData("com.docker.network.driver.mtu", "many")]
    [InlineData("com.docker.network.bridge.enable_icc", "yes")]
    [InlineData("com.docker.network.bridge.enable_ip_masquerade", "")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "::1")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "localhost")]
    [InlineData("com.docker.network.container_iface_prefix", "thirteenchars")]
    [InlineData("com.docker.network.bridge.nosuch", "1")]
    public void A_value_that_is_not_allowed_is_a_problem_that_says_what_is(string key, string value)
    {
        Assert.False(BridgeOptions.TryParse(new Dictionary<string, string> { [key] = value }, ipv6: false, out _, out IReadOnlyList<OptionProblem> problems));
        OptionProblem problem = Assert.Single(problems);
        Assert.Equal((key, value), (problem.Key, problem.Value));
        Assert.NotEmpty(problem.Why);
        Assert.NotEmpty(problem.Allowed);
    }

    [Fact]
    public void IPv6_raises_the_least_MTU()
    {
        var text = new Dictionary<string, string> { ["com.docker.network.driver.mtu"] = "1279" };
        Assert.True(BridgeOptions.TryParse(text, ipv6: false, out _, out _));
        Assert.False(BridgeOptions.TryParse(text, ipv6: true, out _, out _));
    }

    [Fact]
    public void The_driver_names_every_problem_at_once()
    {
        CnmException error = Assert.Throws<CnmException>(() => new BridgeDriver().Open(
            Samples.Network(("com.docker.network.driver.mtu", "9"), ("bridge.name", "x"), ("com.docker.network.bridge.enable_icc", "false")), Samples.Facts));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Equal(
            "network \"web\": the bridge driver cannot take 2 options: bridge.name=x: unknown option; allowed: com.docker.network.bridge.name, "
            + "com.docker.network.driver.mtu, com.docker.network.bridge.enable_icc, com.docker.network.bridge.enable_ip_masquerade, "
            + "com.docker.network.bridge.host_binding_ipv4, com.docker.network.container_iface_prefix | "
            + "com.docker.network.driver.mtu=9: is not an MTU; allowed: a number from 68 to 65535",
            error.Message);
    }
}
