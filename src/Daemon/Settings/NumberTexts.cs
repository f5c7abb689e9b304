using System.Globalization;

namespace Net.Daemon.Settings;

/// <summary>Parses the values of settings that are numbers.</summary>
internal static class NumberTexts
{
    /// <summary>Parses <c>--mtu</c>.</summary>
    /// <param name="text">Bytes, 68 to 65535; 0, as in Docker, for that of the default route's link.</param>
    /// <returns>The MTU; null for 0.</returns>
    /// <exception cref="FormatException">Anything else.</exception>
    public static int? Mtu(SettingText text) => Parse(text.Text) switch
    {
        0 => null,
        >= 68 and <= 65535 and int bytes => bytes,
        _ => throw text.Invalid("bytes from 68 to 65535, such as 1400, or 0 for the MTU of the default route's link"),
    };

    /// <summary>Parses <c>--dns-cache</c>.</summary>
    /// <param name="text">The number of cached answers, 0 for none.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static int CacheEntries(SettingText text) =>
        Parse(text.Text) ?? throw text.Invalid("a number of answers from 0, which turns the cache off, to 2147483647");

    /// <summary>Parses <c>--dns-ttl</c>.</summary>
    /// <param name="text">Seconds; 0 forbids caching.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static TimeSpan TimeToLive(SettingText text) =>
        TimeSpan.FromSeconds(Parse(text.Text) ?? throw text.Invalid("seconds from 0 to 2147483647 (RFC 2181 8)"));

    private static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
