namespace Net.Daemon.Settings;

/// <summary>All settings of the daemon. A setting that is added to one of the groups is a flag, a line of the help and a key of the
/// configuration file.</summary>
public static class DaemonSettings
{
    /// <summary>The settings in the order of the help.</summary>
    public static IReadOnlyList<DaemonSetting> All { get; } =
        [.. PlaceSettings.All, .. NetworkSettings.All, .. DefaultBridgeSettings.All, .. ResolverSettings.All, .. LogSettings.All];
}
