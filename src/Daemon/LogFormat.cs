namespace Net.Daemon;

/// <summary>The form of the daemon's log; in both a message is one line.</summary>
public enum LogFormat
{
    /// <summary>Time, level and text: <c>2026-01-02T03:04:05.678Z info  ready</c>.</summary>
    Text,

    /// <summary>A JSON object with Docker's fields: <c>{"level":"info","msg":"ready","time":"2026-01-02T03:04:05.678Z"}</c>.</summary>
    Json,
}
