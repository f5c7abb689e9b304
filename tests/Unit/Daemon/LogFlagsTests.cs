using Net.Cnm.Processes;
using Net.Daemon;

namespace Net.Tests.Unit.Daemon;

public sealed class LogFlagsTests
{
    [Theory]
    [InlineData("10m", 10L << 20)]
    [InlineData("1K", 1024L)]
    [InlineData("2gb", 2L << 30)]
    [InlineData("4096", 4096L)]
    [InlineData("512b", 512L)]
    public void Sizes_are_bytes_or_have_a_unit(string text, long bytes) =>
        Assert.Equal(new LogLimits { MaximumSize = bytes }, Parse($"max-size={text}"));

    [Fact]
    public void Several_options_come_in_one_word_or_in_several_and_the_last_of_a_key_counts()
    {
        var both = new LogLimits { MaximumSize = 5 << 20, MaximumFiles = 2 };
        Assert.Equal(both, Parse("max-size=5m", "max-file=2"));
        Assert.Equal(both, Parse("max-size=1m,max-file=2", "max-size=5m"));
        Assert.Equal(new LogLimits(), Parse());
    }

    [Theory]
    [InlineData("max-size", "\"max-size\"")]
    [InlineData("", "\"\"")]
    [InlineData("max-size=", "max-size \"\"")]
    [InlineData("max-size=0", "max-size \"0\"")]
    [InlineData("max-size=-1", "max-size \"-1\"")]
    [InlineData("max-size=m", "max-size \"m\"")]
    [InlineData("max-size=1.5m", "max-size \"1.5m\"")]
    [InlineData("max-size=10x", "max-size \"10x\"")]
    [InlineData("max-size=9999999999999g", "max-size \"9999999999999g\"")]
    [InlineData("max-file=0", "max-file \"0\"")]
    [InlineData("max-file=x", "max-file \"x\"")]
    [InlineData("max-file=99999999999", "max-file \"99999999999\"")]
    [InlineData("compress=true", "unknown log opt \"compress\"")]
    public void What_is_invalid_is_named_in_one_sentence(string word, string named)
    {
        FormatException error = Assert.Throws<FormatException>(() => Parse(word));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Limits_are_shown_as_they_would_be_typed()
    {
        Assert.Equal("max-size=10m max-file=3", Shown(LogLimits.Default));
        Assert.Equal("max-size=1000", Shown(new LogLimits { MaximumSize = 1000 }));
        Assert.Equal("max-size=1g", Shown(new LogLimits { MaximumSize = 1 << 30 }));
        Assert.Equal("", Shown(new LogLimits()));
    }

    private static LogLimits Parse(params string[] words) => LogFlags.Parse(LogFlags.Map(words));

    private static string Shown(LogLimits limits) => string.Join(' ', LogFlags.Format(limits).Select(pair => $"{pair.Key}={pair.Value}"));
}
