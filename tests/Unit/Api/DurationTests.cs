using Net.Api.Texts;

namespace Net.Tests.Unit.Api;

/// <summary>Durations as Go takes them. Source of the expectations: the tests of Go's package time.</summary>
public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("+0", 0)]
    [InlineData("5s", 5_000_000_000)]
    [InlineData("-5s", -5_000_000_000)]
    [InlineData("+5.6s", 5_600_000_000)]
    [InlineData("5.s", 5_000_000_000)]
    [InlineData(".5s", 500_000_000)]
    [InlineData("1.004s", 1_004_000_000)]
    [InlineData("10ns", 10)]
    [InlineData("11us", 11_000)]
    [InlineData("12µs", 12_000)]
    [InlineData("12μs", 12_000)]
    [InlineData("13ms", 13_000_000)]
    [InlineData("3h30m", 12_600_000_000_000)]
    [InlineData("10.5s4m", 250_500_000_000)]
    [InlineData("1h2m3s4ms5us6ns", 3_723_004_005_006)]
    [InlineData("2562047h47m16.854775807s", long.MaxValue)]
    public void Every_form_is_understood(string text, long nanoseconds) => Assert.Equal(nanoseconds, Duration.Parse(text));

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("3", "time: missing unit in duration \"3\"")]
    [InlineData("-", "time: invalid duration \"-\"")]
    [InlineData("s", "time: invalid duration \"s\"")]
    [InlineData(".", "time: invalid duration \".\"")]
    [InlineData(".s", "time: invalid duration \".s\"")]
    [InlineData("+.s", "time: invalid duration \"+.s\"")]
    [InlineData("1d", "time: unknown unit \"d\" in duration \"1d\"")]
    [InlineData("5 s", "time: unknown unit \" s\" in duration \"5 s\"")]
    [InlineData("3000000h", "time: invalid duration \"3000000h\"")]
    public void Others_are_refused_in_Gos_words(string text, string words) =>
        Assert.Equal(words, Assert.Throws<FormatException>(() => Duration.Parse(text)).Message);
}
