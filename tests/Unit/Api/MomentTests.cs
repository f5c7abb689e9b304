using Net.Api.Texts;

namespace Net.Tests.Unit.Api;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("10m30s", "2026-01-02T02:53:35.0000000Z")]
    [InlineData("1.5h", "2026-01-02T01:34:05.0000000Z")]
    [InlineData("-1s", "2026-01-02T03:04:06.0000000Z")]
    [InlineData("10", "1970-01-01T00:00:10.0000000Z")]
    [InlineData("1136073845", "2006-01-01T00:04:05.0000000Z")]
    [InlineData("1136073845.000000100", "2006-01-01T00:04:05.0000001Z")]
    [InlineData("2026-01-01T10:00:00Z", "2026-01-01T10:00:00.0000000Z")]
    [InlineData("2026-01-01T10:00:00.123456700+02:00", "2026-01-01T08:00:00.1234567Z")]
    [InlineData("2026-01-01T10:00:00.123456789Z", "2026-01-01T10:00:00.1234567Z")]
    [InlineData("2026-01-01Z", "2026-01-01T00:00:00.0000000Z")]
    public void The_forms_of_docker_are_moments(string text, string moment)
    {
        DateTimeOffset parsed = Moment.Parse(text, Now);

        Assert.Equal(moment, parsed.UtcDateTime.ToString("O"));
        Assert.Equal(parsed, Moment.Parse(Moment.UnixSeconds(parsed), Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("5 m")]
    [InlineData("1e9999h")]
    [InlineData("99999999999999999999h")]
    [InlineData("2026-13-01")]
    public void Anything_else_is_refused_with_the_forms(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => Moment.Parse(text, Now));
        Assert.StartsWith($"invalid time \"{text}\": give a duration such as 24h", error.Message, StringComparison.Ordinal);
    }
}
