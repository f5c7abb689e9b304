using System.Globalization;

namespace Net.Cli.Formats;

/// <summary>Writes values as the cells of Docker's lists show them.</summary>
internal static class RowText
{
    private const int ShortIdLength = 12;

    public static string ShortId(string id) => id.Length > ShortIdLength ? id[..ShortIdLength] : id;

    public static string Truth(bool value) => value ? "true" : "false";

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss' +0000 UTC'", CultureInfo.InvariantCulture);

    public static string Labels(IReadOnlyDictionary<string, string>? labels) =>
        string.Join(',', (labels ?? new Dictionary<string, string>())
            .OrderBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => $"{l.Key}={l.Value}"));

    /// <summary>A text cut to a length; the last character of a cut text is an ellipsis.</summary>
    public static string Ellipsis(string text, int length)
    {
        var elements = new StringInfo(text);
        return elements.LengthInTextElements <= length ? text : elements.SubstringByTextElements(0, length - 1) + "…";
    }
}
