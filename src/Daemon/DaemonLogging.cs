using Microsoft.Extensions.Logging.Console;
using Net.Daemon.Journals;

namespace Net.Daemon;

/// <summary>Configures the daemon's log: one line for each message, to standard error; or where that is systemd's journal, an entry of it
/// for each message.</summary>
internal static class DaemonLogging
{
    public static void Configure(ILoggingBuilder logging, LogLevel level, LogFormat format)
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // For each request it would make an Activity (a trace of which nobody is told), which every watch begun by the request keeps.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (format == LogFormat.Text && JournalStream.IsStandardError())
        {
            logging.AddProvider(new JournalLogs(new JournalSocket(JournalSocket.DefaultPath)));
            return;
        }

        logging.AddConsole(console =>
        {
            console.FormatterName = format == LogFormat.Json ? JsonLineFormatter.FormatterName : LineFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        logging.Services.AddSingleton<ConsoleFormatter, JsonLineFormatter>();
    }
}
