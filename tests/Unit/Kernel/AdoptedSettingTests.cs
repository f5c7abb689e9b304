using Net.Kernel.Sysctls;

namespace Net.Tests.Unit.Kernel;

public sealed class AdoptedSettingTests
{
    [Fact]
    public void What_is_kept_of_a_setting_is_read_as_it_was_written()
    {
        foreach (AdoptedSetting setting in (AdoptedSetting[])
            [new("1", "2", 7, "e 1"), new("0", "1", null, "e"), new("32768 60999", "1 2", null, "e 1")])
        {
            Assert.Equal(setting, AdoptedSetting.Parse(setting.ToString()));
        }
    }

    [Fact]
    public void Earlier_versions_have_kept_less()
    {
        Assert.Equal(new AdoptedSetting("0", null, null, null), AdoptedSetting.Parse("0"));
        Assert.Equal(new AdoptedSetting("1", "2", 7, null), AdoptedSetting.Parse("1\t2\t7"));
    }
}
