using Net.Controller;

namespace Net.Daemon;

/// <summary>Writes the controller's warnings to the log.</summary>
internal sealed partial class ControllerLog(ILogger<ControllerLog> log) : IControllerLog
{
    public void Warning(string message) => LogWarning(message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private partial void LogWarning(string message);
}
