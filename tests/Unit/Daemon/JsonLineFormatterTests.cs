using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Net.Daemon;

namespace Net.Tests.Unit.Daemon;

public sealed class JsonLineFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Debug, "debug")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Warning, "warning")]
    [InlineData(LogLevel.Critical, "error")]
    public void A_message_is_one_object_on_one_line_with_Dockers_fields(LogLevel level, string word)
    {
        const string Message = "container \u001b[2J says \"x\"\r\nsecond\u2028third";
        using JsonDocument line = JsonDocument.Parse(OneLine(level, Message, error: null));

        Assert.Equal(["level", "msg", "time"], line.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(word, line.RootElement.GetProperty("level").GetString());
        Assert.Equal(Message, line.RootElement.GetProperty("msg").GetString());
        Assert.Equal(DateTimeKind.Utc, line.RootElement.GetProperty("time").GetDateTime().Kind);
    }

    [Fact]
    public void An_exception_has_a_field_of_its_own()
    {
        using JsonDocument line = JsonDocument.Parse(OneLine(LogLevel.Error, "failed", new InvalidOperationException("why\nwhere")));

        Assert.StartsWith(
            "System.InvalidOperationException: why\nwhere", line.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static string OneLine(LogLevel level, string message, Exception? error)
    {
        var writer = new StringWriter { NewLine = "\n" };
        new JsonLineFormatter().Write(
            new LogEntry<string>(level, "netctl", 0, message, error, (state, _) => state), scopeProvider: null, writer);
        string line = writer.ToString();
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], c => char.IsControl(c) || c == '\u2028');
        return line;
    }
}
