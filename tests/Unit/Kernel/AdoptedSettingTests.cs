using Net.Kernel.Sysctls;

namespace Net.Tests.Unit.Kernel;

public sealed class AdoptedSettingTests
{
    [Fact]
    public void What_is_kept_of_a_setting_is_read_as_it_was_written()
    {
        foreach (AdoptedSetting setting in (AdoptedSetting[])[new("1", "2", 7), new("0", "1", null), new("32768 60999", "1 2", null)])
        {
            Assert.Equal(setting, AdoptedSetting.Parse(setting.ToString()));
        }
    }

    [Fact]
    public void An_earlier_version_has_kept_the_value_before_alone() =>
        Assert.Equal(new AdoptedSetting("0", null, null), AdoptedSetting.Parse("0"));
}
