using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Net.Linux.Terminals;

namespace Net.Daemon;

/// <summary>Writes a log message as one line: time in UTC (RFC 3339), level, text; the text of an exception follows on the same
/// line. Characters that are not printable are escaped, since messages quote what others chose.</summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "netctl";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } error)
        {
            text += $": {error}";
        }

        text = TerminalText.Escape(text.ReplaceLineEndings(" | "));

        textWriter.Write(DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        textWriter.Write(' ');
        textWriter.Write(WordOf(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.WriteLine(text);
    }

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };
}
