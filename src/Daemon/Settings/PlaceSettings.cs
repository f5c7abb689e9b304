using Net.Api.Clients;

namespace Net.Daemon.Settings;

/// <summary>The settings for where the daemon has its files and sockets.</summary>
internal static class PlaceSettings
{
    private static readonly DaemonOptions Defaults = new();

    public static IReadOnlyList<DaemonSetting> All { get; } =
    [
        DaemonSetting.One(
            "data-root", SettingKind.Text, "DIR", $"Folder of the durable store; {Defaults.DataRoot} when not given",
            (options, text) => options with { DataRoot = Folder(text) }),
        DaemonSetting.One(
            "exec-root", SettingKind.Text, "DIR", $"Folder of what lives until the next boot; {Defaults.ExecRoot} when not given",
            (options, text) => options with { ExecRoot = Folder(text) }),
        Host with { Shorthand = "-H" },
        DaemonSetting.One(
            "plugin-dir", SettingKind.TextOrNone, "DIR",
            $"Folder of plug-ins' sockets, \"\" for none; {Defaults.PluginDirectory} when not given",
            (options, text) => options with { PluginDirectory = text.Text.Length == 0 ? null : Path.GetFullPath(text.Text) }),
    ];

    private static DaemonSetting Host => DaemonSetting.Many(
        "host", "hosts", SettingKind.ListOfOne, "unix://PATH", $"Socket to listen on; {DaemonAddress.Default} when not given",
        (options, texts) => texts switch
        {
            [] => options,
            [SettingText one] => options with { Socket = DaemonAddress.Parse(one.Text).Path },
            _ => throw texts[1].Invalid("one socket only; leave the others out"),
        });

    private static string Folder(SettingText text) =>
        text.Text.Length > 0 ? Path.GetFullPath(text.Text) : throw text.Invalid("the path of a folder");
}
