using Net.Daemon.Settings;

namespace Net.Cli.Manuals;

/// <summary>The manual page of the daemon's configuration file, daemon.json(5), made from the settings that the daemon has.</summary>
internal static class SettingsPage
{
    public const string Name = "daemon.json";
    public const int Number = 5;

    private static readonly string[] Example =
    [
        "{",
        "  \"mtu\": 1400,",
        "  \"ipv6\": true,",
        "  \"dns\": [\"192.0.2.53\"],",
        "  \"default-address-pools\": [{\"base\": \"10.10.0.0/16\", \"size\": 24}],",
        "  \"default-network-opts\": {",
        "    \"bridge\": {\"com.docker.network.driver.mtu\": \"1400\"}",
        "  },",
        "  \"log-format\": \"json\"",
        "}",
    ];

    /// <summary>The page.</summary>
    public static ManualPage Create() => new(Name, Number, "Settings of the netctl daemon",
    [
        new("Synopsis", [new ManualBlock.Lines([ConfigurationFile.DefaultPath])]),
        new("Description",
        [
            new ManualBlock.Paragraph(
                "The file is one JSON object of at most 1 MiB. Each of its keys sets what a flag of netctl-daemon(8) sets; the keys are "
                    + "those of Docker's daemon.json, in the plural where the flag can be given several times. A key with the value `null` "
                    + "counts as missing. The file may be missing, unless `--config-file` names it; `--config-file \"\"` reads none."),
            new ManualBlock.Paragraph(
                "A key that is unknown or twice there, a value of another type or out of its range, and a setting that a flag gives as "
                    + "well keep the daemon from starting, before anything is changed; one sentence says what to change. The file is read "
                    + "when the daemon starts."),
        ]),
        new("Keys", [new ManualBlock.Terms([.. DaemonSettings.All.Select(TermOf)])]),
        new("Examples", [new ManualBlock.Lines(Example)]),
        new("See also", [new ManualBlock.Paragraph("netctl-daemon(8), netctl(1).")]),
    ]);

    private static (string Term, string Text) TermOf(DaemonSetting setting)
    {
        string takes = setting.Takes.Length > 0 ? $" (`{setting.Takes}`)" : "";
        return (setting.Key, $"{FormOf(setting.Kind)}{takes}. {setting.Description}. Flag: `--{setting.Name}`.");
    }

    private static string FormOf(SettingKind kind) => kind switch
    {
        SettingKind.Text or SettingKind.TextOrNone => "A string",
        SettingKind.Number => "A number",
        SettingKind.Switch => "`true` or `false`",
        SettingKind.List => "An array of strings",
        SettingKind.ListOfOne => "An array of one string",
        SettingKind.Map => "An object whose values are strings",
        SettingKind.MapOfMaps => "An object of objects whose values are strings",
        SettingKind.Pools => "An array of objects with a string `base` and a number `size`",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a kind of setting without a form in the file"),
    };
}
