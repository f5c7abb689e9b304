using System.Globalization;

namespace Net.Cnm.Ports;

/// <summary>One port, or a run of consecutive ones, as people write it: <c>80</c>, <c>80-90</c>.</summary>
public static class PortRunText
{
    /// <summary>Writes it.</summary>
    public static string Of(int first, int last) =>
        first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");

    /// <summary>Reads it: two numbers from 1 to 65535 in ascending order, or one. False for anything else.</summary>
    public static bool TryParse(string text, out ushort first, out ushort last)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        last = 0;
        return TryParsePort(dash < 0 ? text : text[..dash], out first)
            && TryParsePort(dash < 0 ? text : text[(dash + 1)..], out last)
            && first <= last;
    }

    private static bool TryParsePort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
}
