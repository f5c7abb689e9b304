using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Net.Daemon;

namespace Net.Tests.Unit.Daemon;

public sealed class LineFormatterTests
{
    [Fact]
    public void A_message_is_one_line_without_control_characters()
    {
        string line = Format("container \u001b[2J\u009b31m \u202e says \"x\"\r\nsecond", new InvalidOperationException("why\u001b\nwhere"));

        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], c => char.IsControl(c) || c == '\u202e');
        Assert.Contains(
            " warn  container \\x1b[2J\\u009b31m \\u202e says \"x\" | second: System.InvalidOperationException: why\\x1b | where",
            line,
            StringComparison.Ordinal);
    }

    private static string Format(string message, Exception error)
    {
        var writer = new StringWriter { NewLine = "\n" };
        new LineFormatter().Write(
            new LogEntry<string>(LogLevel.Warning, "netctl", 0, message, error, (state, _) => state), scopeProvider: null, writer);
        return writer.ToString();
    }
}
