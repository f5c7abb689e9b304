using System.Globalization;

namespace Net.Cnm.Ports;

/// <summary>Formats and parses a port or a run of consecutive ports, written as <c>80</c> or <c>80-90</c>.</summary>
public static class PortRunText
{
    /// <summary>Formats a run of ports; a single number when both ends are equal.</summary>
    public static string Of(int first, int last) =>
        first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");

    /// <summary>Parses one port, or two in ascending order, each from 1 to 65535. The result is false for any other text.</summary>
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
