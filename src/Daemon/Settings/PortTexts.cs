using System.Globalization;

namespace Net.Daemon.Settings;

/// <summary>Parses the values of settings that are ports.</summary>
internal static class PortTexts
{
    /// <summary>Parses <c>--port-range</c>.</summary>
    /// <param name="text">Two ports from 1 to 65535, the first not above the last, such as 49000-49900.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static (ushort First, ushort Last) Range(SettingText text)
    {
        string[] ends = text.Text.Split('-');
        return ends.Length == 2 && TryParse(ends[0], out ushort first) && TryParse(ends[1], out ushort last) && first <= last
            ? (first, last)
            : throw text.Invalid("two ports from 1 to 65535, the first not above the last, such as 49000-49900");
    }

    private static bool TryParse(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
}
