namespace Net.Daemon.Settings;

/// <summary>A value of a setting as it was written, and where.</summary>
/// <param name="Text">The text, such as <c>1400</c>.</param>
/// <param name="Place">The flag or the key with its kind, such as <c>"--mtu" flag</c> or <c>"mtu" key</c>, for messages.</param>
public readonly record struct SettingText(string Text, string Place)
{
    /// <summary>The error for a text that the setting does not take.</summary>
    /// <param name="takes">What it takes, with an example.</param>
    public FormatException Invalid(string takes) => new($"invalid argument \"{Text}\" for {Place}: it takes {takes}");
}
