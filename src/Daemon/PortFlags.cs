using System.Globalization;

namespace Net.Daemon;

/// <summary>Parses the daemon's flags that take ports.</summary>
public static class PortFlags
{
    /// <summary>Parses <c>--port-range</c>.</summary>
    /// <param name="text">Two ports from 1 to 65535, the first not above the last, such as 49000-49900.</param>
    /// <exception cref="FormatException">Anything else; the message says which flag and what it takes.</exception>
    public static (ushort First, ushort Last) Range(string text)
    {
        string[] ends = text.Split('-');
        return ends.Length == 2 && TryParse(ends[0], out ushort first) && TryParse(ends[1], out ushort last) && first <= last
            ? (first, last)
            : throw new FormatException(
                $"invalid argument \"{text}\" for \"--port-range\" flag: it takes two ports from 1 to 65535, the first not above the last, "
                    + "such as 49000-49900");
    }

    private static bool TryParse(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
}
