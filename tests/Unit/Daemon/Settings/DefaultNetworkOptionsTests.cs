using Net.Api.Networks;
using Net.Cnm.Errors;
using Net.Daemon.Settings;

namespace Net.Tests.Unit.Daemon.Settings;

public sealed class DefaultNetworkOptionsTests
{
    private const string Mtu = "com.docker.network.driver.mtu";

    [Fact]
    public void A_network_of_the_driver_gets_the_options_that_it_was_not_given()
    {
        DefaultNetworkOptions defaults = Parse($"bridge={Mtu}=1400", "bridge=a=b=c", $"macvlan={Mtu}=1300", $"bridge={Mtu}=1450");

        Assert.Equal([$"{Mtu}=1450", "a=b=c"], Options(defaults.Complete(new NetworkCreateRequest { Name = "n" })));
        Assert.Equal(
            [$"{Mtu}=1200", "a=b=c", "x=y"],
            Options(defaults.Complete(new NetworkCreateRequest
            {
                Driver = "bridge",
                Options = new Dictionary<string, string> { [Mtu] = "1200", ["x"] = "y" },
            })));
        Assert.Equal([$"{Mtu}=1300"], Options(defaults.Complete(new NetworkCreateRequest { Driver = "macvlan" })));
        Assert.Empty(Options(defaults.Complete(new NetworkCreateRequest { Driver = "other" })));
    }

    [Fact]
    public void Options_for_the_address_families_are_fields_of_the_request_and_count_less_than_those()
    {
        DefaultNetworkOptions defaults = Parse("bridge=com.docker.network.enable_ipv6=true", "bridge=com.docker.network.enable_ipv4=false");

        NetworkCreateRequest open = defaults.Complete(new NetworkCreateRequest());
        Assert.Equal((false, true), (open.EnableIPv4, open.EnableIPv6));
        Assert.Empty(open.Options!);
        NetworkCreateRequest said = defaults.Complete(new NetworkCreateRequest { EnableIPv4 = true, EnableIPv6 = false });
        Assert.Equal((true, false), (said.EnableIPv4, said.EnableIPv6));
    }

    [Theory]
    [InlineData("bridge")]
    [InlineData("bridge=x")]
    [InlineData("=x=y")]
    [InlineData("bridge==y")]
    [InlineData("bridge=com.docker.network.enable_ipv6=maybe")]
    public void Another_form_is_refused(string text) => Assert.Contains(
        $"invalid argument \"{text}\" for \"--default-network-opt\" flag: it takes ",
        Assert.Throws<FormatException>(() => Parse(text)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_request_with_a_family_that_is_neither_on_nor_off_is_refused() => Assert.Equal(
        CnmErrorKind.InvalidParameter,
        Assert.Throws<CnmException>(() => DefaultNetworkOptions.None.Complete(new NetworkCreateRequest
        {
            Name = "n",
            Options = new Dictionary<string, string> { ["com.docker.network.enable_ipv6"] = "maybe" },
        })).Kind);

    private static DefaultNetworkOptions Parse(params string[] texts) =>
        DefaultNetworkOptions.Parse([.. texts.Select(text => new SettingText(text, "\"--default-network-opt\" flag"))]);

    private static IEnumerable<string> Options(NetworkCreateRequest request) => request.Options!.Select(o => $"{o.Key}={o.Value}");
}
