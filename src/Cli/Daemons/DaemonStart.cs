using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Daemon;
using Net.Daemon.Settings;

namespace Net.Cli.Daemons;

/// <summary><c>netctl daemon</c>: reads the daemon's flags and its configuration file and runs the daemon.</summary>
internal sealed class DaemonStart : Verb
{
    private readonly Option<string?> _configFile = Flags.One(
        "--config-file", null, "FILE",
        $"JSON file with these settings, the keys as in Docker's daemon.json; {ConfigurationFile.DefaultPath} when not given");

    private readonly IReadOnlyList<(DaemonSetting Setting, Option Option)> _settings =
        [.. DaemonSettings.All.Select(setting => (setting, OptionOf(setting)))];

    public DaemonStart()
        : base("daemon", "Run the daemon that owns networks and containers")
    {
        Add(_configFile);
        foreach ((_, Option option) in _settings)
        {
            Add(option);
        }
    }

    public override bool UsesDaemon => false;

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "SIGTERM or SIGINT ended it."),
        new("1", "A setting is wrong, or it cannot start; standard error says why."),
    ];

    public override string Example =>
        "netctl daemon --firewall-backend nftables --port-range 49000-49900\nnetctl daemon --config-file netctl.json --log-format json";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        Dictionary<DaemonSetting, IReadOnlyList<string>> given = _settings
            .Select(entry => (entry.Setting, Texts: TextsOf(parsed, entry.Option)))
            .Where(entry => entry.Texts.Count > 0)
            .ToDictionary(entry => entry.Setting, entry => entry.Texts);
        return DaemonProgram.RunAsync(DaemonConfiguration.Load(parsed.GetValue(_configFile), given));
    }

    private static Option OptionOf(DaemonSetting setting) => setting.Kind switch
    {
        SettingKind.Switch => new Option<bool?>($"--{setting.Name}") { Description = setting.Description },
        SettingKind.Text or SettingKind.TextOrNone or SettingKind.Number or SettingKind.ListOfOne =>
            Flags.One($"--{setting.Name}", setting.Shorthand, setting.Takes, setting.Description),
        _ => Flags.Many($"--{setting.Name}", setting.Shorthand, setting.Takes, setting.Description),
    };

    private static IReadOnlyList<string> TextsOf(ParseResult parsed, Option option) => option switch
    {
        Option<bool?> one => parsed.GetValue(one) is { } on ? [on ? "true" : "false"] : [],
        Option<string[]> many => parsed.GetValue(many)!,
        _ => parsed.GetValue((Option<string?>)option) is { } text ? [text] : [],
    };
}
