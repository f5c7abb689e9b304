namespace Net.Daemon.Settings;

/// <summary>The settings of the containers' logs and of the daemon's own.</summary>
internal static class LogSettings
{
    public static IReadOnlyList<DaemonSetting> All { get; } =
    [
        DaemonSetting.Many(
            "log-opt", "log-opts", SettingKind.Map, "KEY=VALUE",
            "max-size=SIZE or max-file=NUMBER of containers' logs; 10m and 3 when not given",
            (options, texts) => options with
            {
                Log = LogFlags.Parse(LogFlags.Map(texts.Select(text => text.Text))).Or(options.Log),
            }),
        DaemonSetting.One(
            "log-level", SettingKind.Text, "debug|info|warn|error", "Least severe messages to log; info when not given",
            (options, text) => options with { LogLevel = Level(text) }),
        DaemonSetting.One(
            "log-format", SettingKind.Text, "text|json", "Form of the daemon's log, a line a message; text when not given",
            (options, text) => options with { LogFormat = Format(text) }),
    ];

    private static LogLevel Level(SettingText text) => text.Text switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw text.Invalid("debug, info, warn or error"),
    };

    private static LogFormat Format(SettingText text) => text.Text switch
    {
        "text" => LogFormat.Text,
        "json" => LogFormat.Json,
        _ => throw text.Invalid("text or json"),
    };
}
