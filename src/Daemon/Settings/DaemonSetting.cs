namespace Net.Daemon.Settings;

/// <summary>One setting of the daemon: its flag, its key in the configuration file, and how its value becomes an option.</summary>
public sealed record DaemonSetting
{
    private DaemonSetting(
        string name,
        string key,
        SettingKind kind,
        string takes,
        string description,
        Func<DaemonOptions, IReadOnlyList<SettingText>, DaemonOptions> apply)
    {
        Name = name;
        Key = key;
        Kind = kind;
        Takes = takes;
        Description = description;
        Apply = apply;
    }

    /// <summary>The flag without its dashes, such as <c>default-address-pool</c>.</summary>
    public string Name { get; }

    /// <summary>The flag's short form with its dash, such as <c>-H</c>; null for none.</summary>
    public string? Shorthand { get; init; }

    /// <summary>The key in the configuration file, Docker's where Docker has one. That of a setting with several values is in the plural:
    /// <c>default-address-pools</c>.</summary>
    public string Key { get; }

    /// <summary>The form of the value.</summary>
    public SettingKind Kind { get; }

    /// <summary>What the value is, for the help: <c>CIDR</c>.</summary>
    public string Takes { get; }

    /// <summary>The line of the help.</summary>
    public string Description { get; }

    /// <summary>Puts the values, in the order given, into the options. It throws <see cref="FormatException"/> for a value that the setting
    /// does not take; the message says where it was given and what it takes.</summary>
    public Func<DaemonOptions, IReadOnlyList<SettingText>, DaemonOptions> Apply { get; }

    /// <summary>A setting with one value, of which the flag and the key have the same name.</summary>
    public static DaemonSetting One(
        string name, SettingKind kind, string takes, string description, Func<DaemonOptions, SettingText, DaemonOptions> apply) =>
        new(name, name, kind, takes, description, (options, texts) => texts.Count == 0 ? options : apply(options, texts[^1]));

    /// <summary>A setting that is on or off.</summary>
    public static DaemonSetting Switch(string name, string description, Func<DaemonOptions, bool, DaemonOptions> apply) =>
        One(name, SettingKind.Switch, "", description, (options, text) => apply(options, text.Text == "true"));

    /// <summary>A setting with any number of values.</summary>
    public static DaemonSetting Many(
        string name,
        string key,
        SettingKind kind,
        string takes,
        string description,
        Func<DaemonOptions, IReadOnlyList<SettingText>, DaemonOptions> apply) =>
        new(name, key, kind, takes, description, apply);
}
