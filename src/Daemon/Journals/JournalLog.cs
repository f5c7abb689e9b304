using System.Globalization;
using Net.Linux.Terminals;

namespace Net.Daemon.Journals;

/// <summary>Writes the messages of one category to the journal.</summary>
internal sealed class JournalLog(string category, JournalSocket socket) : ILogger
{
    private const string Template = "{OriginalFormat}"; // the name under which LoggerMessage gives the text with its gaps

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string text = formatter(state, exception);
        string message = TerminalText.Escape((exception is null ? text : $"{text}: {exception.Message}").ReplaceLineEndings(" | "));
        JournalEntry entry = new JournalEntry()
            .Add("MESSAGE", message)
            .Add("PRIORITY", PriorityOf(logLevel).ToString(CultureInfo.InvariantCulture))
            .Add("SYSLOG_IDENTIFIER", "netctl")
            .AddOwn("Category", category);
        if (eventId.Name is { } name)
        {
            entry.AddOwn("Event", name);
        }

        foreach ((string key, object? value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            if (key != Template && value is not null)
            {
                entry.AddOwn(key, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }

        if (exception is not null)
        {
            entry.AddOwn("Error", exception.ToString());
        }

        if (!socket.Send(entry))
        {
            Console.Error.WriteLine($"<{PriorityOf(logLevel)}>{message}"); // sd-daemon(3)
        }
    }

    // syslog(3): debug, info, warning, error, critical.
    private static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => 7,
        LogLevel.Information => 6,
        LogLevel.Warning => 4,
        LogLevel.Critical => 2,
        _ => 3,
    };
}
