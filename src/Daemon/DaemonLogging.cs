using Microsoft.Extensions.Logging.Console;

namespace Net.Daemon;

/// <summary>Configures the daemon's log: one line for each message, to standard error.</summary>
internal static class DaemonLogging
{
    public static void Configure(ILoggingBuilder logging, LogLevel level, LogFormat format)
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddConsole(console =>
        {
            console.FormatterName = format == LogFormat.Json ? JsonLineFormatter.FormatterName : LineFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        logging.Services.AddSingleton<ConsoleFormatter, JsonLineFormatter>();
    }
}
