namespace Net.Daemon.Settings;

/// <summary>Puts the daemon's options together from its flags and its configuration file.</summary>
public static class DaemonConfiguration
{
    /// <summary>Reads the configuration file and combines it with the flags.</summary>
    /// <param name="path">The path of <c>--config-file</c>; null when it was not given; empty for no file.</param>
    /// <param name="flags">The texts of each flag that was given.</param>
    /// <exception cref="FormatException">The file is missing or wrong, a flag and a key set the same, a setting does not take its value, or
    /// two settings exclude each other; one sentence.</exception>
    public static DaemonOptions Load(string? path, IReadOnlyDictionary<DaemonSetting, IReadOnlyList<string>> flags)
    {
        var options = new DaemonOptions();
        foreach ((DaemonSetting setting, IReadOnlyList<string> texts) in flags)
        {
            options = setting.Apply(options, [.. texts.Select(text => new SettingText(text, $"\"--{setting.Name}\" flag"))]);
        }

        try
        {
            IReadOnlyDictionary<DaemonSetting, IReadOnlyList<SettingText>> file = ConfigurationFile.Read(path);
            RefuseConflicts(flags, file);
            options = file.Aggregate(options, (applied, entry) => entry.Key.Apply(applied, entry.Value));
        }
        catch (FormatException error)
        {
            throw new FormatException(
                $"unable to configure the daemon with file {path ?? ConfigurationFile.DefaultPath}: {error.Message}", error);
        }

        return DefaultBridgeRules.Require(options);
    }

    private static void RefuseConflicts(
        IReadOnlyDictionary<DaemonSetting, IReadOnlyList<string>> flags,
        IReadOnlyDictionary<DaemonSetting, IReadOnlyList<SettingText>> file)
    {
        string[] conflicts =
        [
            .. DaemonSettings.All.Where(setting => flags.ContainsKey(setting) && file.ContainsKey(setting)).Select(setting =>
                $"{setting.Key}: (from flag: {Shown(setting, flags[setting])}, "
                    + $"from file: {Shown(setting, file[setting].Select(text => text.Text))})"),
        ];
        if (conflicts.Length > 0)
        {
            throw new FormatException(
                "the following directives are specified both as a flag and in the configuration file: "
                    + $"{string.Join(", ", conflicts)}; take each out of one of the two");
        }
    }

    private static string Shown(DaemonSetting setting, IEnumerable<string> texts) =>
        setting.Kind is SettingKind.List or SettingKind.ListOfOne or SettingKind.Map or SettingKind.MapOfMaps or SettingKind.Pools
            ? $"[{string.Join(' ', texts)}]"
            : texts.Last();
}
