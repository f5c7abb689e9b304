using System.Buffers;
using System.Globalization;
using System.Text;

namespace Net.Linux.Terminals;

/// <summary>Makes text of unknown origin safe to print: what a terminal or a reader of a log could take for something else than a
/// character is escaped as by Go's <c>strconv.Quote</c>.</summary>
/// <remarks>
/// Escaped are control characters (C0, DEL and C1, which begin the control sequences of ECMA-48), format characters such as those that
/// turn the direction of writing (Unicode TR 36, 3.4), spaces other than U+0020, and code points that are private, unassigned or half a
/// surrogate pair. Go calls all others printable (unicode.IsPrint).
/// </remarks>
public static class TerminalText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@+,=%");

    private static readonly SearchValues<char> PrintableAscii = SearchValues.Create(
        [.. Enumerable.Range(' ', '\x7f' - ' ').Select(c => (char)c)]);

    /// <summary>The text in double quotes; quotes and backslashes are escaped too, so that it can be read back.</summary>
    public static string Quote(string text) => '"' + Convert(text, isQuoted: true, keepsLayout: false) + '"';

    /// <summary>The text itself when it is a plain word of ASCII letters, digits and a few marks; otherwise the quoted form, so that a name
    /// that somebody chose cannot be read as part of the sentence around it.</summary>
    public static string Word(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain) ? text : Quote(text);

    /// <summary>The text on one line, without quotes around it; its own quotes and backslashes stay.</summary>
    public static string Escape(string text) => Convert(text, isQuoted: false, keepsLayout: false);

    /// <summary>As <see cref="Escape"/>, but line feeds and tabs stay: for text whose lines are the program's own.</summary>
    public static string EscapeLines(string text) => Convert(text, isQuoted: false, keepsLayout: true);

    /// <summary>Whether a code point may be printed as it is.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static string Convert(string text, bool isQuoted, bool keepsLayout)
    {
        if (!text.AsSpan().ContainsAnyExcept(PrintableAscii) && !(isQuoted && text.AsSpan().ContainsAny('"', '\\')))
        {
            return text;
        }

        var output = new StringBuilder(text.Length + 16);
        for (int at = 0; at < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            at += isWhole ? rune.Utf16SequenceLength : 1;
            if (!isWhole)
            {
                output.Append(@"\ufffd"); // half a surrogate pair
            }
            else if (isQuoted && rune.Value is '"' or '\\')
            {
                output.Append('\\').Append((char)rune.Value);
            }
            else if (!IsPrintable(rune) && !(keepsLayout && rune.Value is '\n' or '\t'))
            {
                AppendEscape(output, rune.Value);
            }
            else
            {
                output.Append(rune.ToString());
            }
        }

        return output.ToString();
    }

    private static void AppendEscape(StringBuilder output, int code) => output.Append(
        code switch
        {
            '\a' => @"\a",
            '\b' => @"\b",
            '\f' => @"\f",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            '\v' => @"\v",
            <= 0x7f => string.Create(CultureInfo.InvariantCulture, $@"\x{code:x2}"),
            <= 0xffff => string.Create(CultureInfo.InvariantCulture, $@"\u{code:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $@"\U{code:x8}"),
        });
}
