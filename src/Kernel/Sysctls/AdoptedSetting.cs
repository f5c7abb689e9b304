using System.Globalization;

namespace Net.Kernel.Sysctls;

/// <summary>What is kept of a setting of the host that this program has changed.</summary>
/// <param name="Before">Its value before.</param>
/// <param name="Written">The value that it has since; null where an earlier version of this program has not kept it.</param>
/// <param name="Link">The index of the link whose setting it is: another link may get its name, and it another name. Null for a setting of
/// no link.</param>
/// <param name="Era">The <see cref="SettingsEra"/> in which it was changed; null where an earlier version has not kept it.</param>
internal sealed record AdoptedSetting(string Before, string? Written, int? Link, string? Era)
{
    // The fields of a value are separated by spaces (SettingFile.Normal).
    private const char Separator = '\t';

    /// <summary>Reads what <see cref="ToString"/> gives. An earlier version kept the value before alone.</summary>
    public static AdoptedSetting Parse(string text)
    {
        string[] parts = text.Split(Separator);
        return new AdoptedSetting(
            parts[0],
            parts.Length > 1 ? parts[1] : null,
            parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null,
            parts.Length > 3 ? parts[3] : null);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Before}{Separator}{Written}{Separator}{Link}{Separator}{Era}");
}
