using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Drivers.Host;
using Net.Drivers.None;

namespace Net.Tests.Unit.Drivers;

public sealed class PredefinedDriversTests
{
    public static TheoryData<INetworkDriver, string> Drivers => new() { { new HostDriver(), "host" }, { new NullDriver(), "null" } };

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Host_and_null_want_nothing_and_are_not_for_users_to_create(INetworkDriver driver, string name)
    {
        IDriverNetwork network = driver.Open(Samples.Network(), Samples.Facts);
        Assert.Equal(name, driver.Name);
        Assert.Equal(new DriverCapabilities(NeedsAddresses: false, CanPublish: false, UserCreatable: false), driver.Capabilities);
        Assert.Null(network.LinkName);
        Assert.Empty(network.Describe());
        Assert.Empty(network.Describe(Samples.Endpoint(), Samples.Sandbox, []));
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void They_take_no_option(INetworkDriver driver, string name)
    {
        CnmException error = Assert.Throws<CnmException>(() => driver.Open(Samples.Network(("mtu", "9000")), Samples.Facts));
        Assert.Equal(
            $"network \"web\": the {name} driver cannot take the option mtu=9000: unknown option; allowed: none, this driver has no " +
            "options",
            error.Message);
    }
}
