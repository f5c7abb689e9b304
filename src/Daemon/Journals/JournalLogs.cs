using System.Collections.Concurrent;

namespace Net.Daemon.Journals;

/// <summary>Sends the daemon's log to systemd's journal with its level and with what a message is about as fields, so that
/// <c>journalctl -p warning NETCTL_EVENT=LogProblem</c> finds it.</summary>
internal sealed class JournalLogs(JournalSocket socket) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, name => new JournalLog(name, socket));

    public void Dispose() => socket.Dispose();
}
