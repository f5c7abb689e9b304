using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Net.Cli.Templates;

/// <summary>Go's <c>fmt.Sprintf</c> for the values of a template: the verbs v, s, q, d, x, X, o, b, c, U, e, f, g, t and %, with the flags
/// <c>- + # 0</c> and space, a width and a precision.</summary>
/// <remarks>What does not fit is printed as Go prints it: <c>%!d(string=a)</c>, <c>%!s(MISSING)</c>, <c>%!(EXTRA int=1)</c>. Source: the
/// documentation of Go's package fmt.</remarks>
internal static class GoFormat
{
    private const int MaximumWidth = 1_000_000;

    /// <summary>The text of a format with its values.</summary>
    public static string Print(string format, IReadOnlyList<JsonNode?> values)
    {
        var output = new StringBuilder();
        int next = 0;
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                output.Append(format[at]);
                continue;
            }

            Directive directive = Directive.Read(format, ref at);
            if (directive.Verb == '%')
            {
                output.Append('%');
            }
            else if (directive.Verb == '\0')
            {
                output.Append("%!(NOVERB)");
            }
            else
            {
                output.Append(next < values.Count ? Text(directive, values[next]) : $"%!{directive.Verb}(MISSING)");
                next++;
            }
        }

        if (next < values.Count)
        {
            output.Append($"%!(EXTRA {string.Join(", ", values.Skip(next).Select(Described))})");
        }

        return output.ToString();
    }

    private static string Text(Directive directive, JsonNode? value)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        string? text = directive.Verb switch
        {
            'v' when kind == JsonValueKind.Number => Number(directive with { Verb = IsWhole(value!) ? 'd' : 'g' }, value!),
            'v' => Cut(directive, GoText.Of(value)),
            's' when kind is not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => Cut(directive, GoText.Of(value)),
            'q' when kind == JsonValueKind.String => Quote(Cut(directive, GoText.Of(value))),
            't' when kind is JsonValueKind.True or JsonValueKind.False => GoText.Of(value),
            'x' or 'X' when kind == JsonValueKind.String =>
                Hexadecimal(directive, Encoding.UTF8.GetBytes(Cut(directive, GoText.Of(value)))),
            'd' or 'x' or 'X' or 'o' or 'b' or 'c' or 'U' or 'e' or 'f' or 'g' when kind == JsonValueKind.Number =>
                Number(directive, value!),
            _ => null,
        };
        return Padded(
            directive, text ?? $"%!{directive.Verb}({Described(value)})", isNumber: text is not null && kind == JsonValueKind.Number);
    }

    private static string? Number(Directive directive, JsonNode value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (directive.Verb is 'e' or 'f' or 'g')
        {
            double number = double.Parse(value.ToJsonString(), culture);
            string text = directive.Verb switch
            {
                'f' => number.ToString($"F{directive.Precision ?? 6}", culture),
                'e' => number.ToString(
                    $"{(directive.Precision is 0 ? "0" : "0." + new string('0', directive.Precision ?? 6))}e+00", culture),
                _ => number.ToString(directive.Precision is { } digits ? $"G{Math.Max(digits, 1)}" : "R", culture),
            };
            return Signed(directive, text);
        }

        if (!IsWhole(value) || !long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, culture, out long whole))
        {
            return null;
        }

        string sign = whole < 0 ? "-" : "";
        UInt128 size = (UInt128)Int128.Abs(whole);
        return directive.Verb switch
        {
            'd' => Signed(directive, whole.ToString(culture)),
            'x' => Signed(directive, $"{sign}{(directive.Alternate ? "0x" : "")}{size.ToString("x", culture)}"),
            'X' => Signed(directive, $"{sign}{(directive.Alternate ? "0X" : "")}{size.ToString("X", culture)}"),
            'o' => Signed(directive, $"{sign}{(directive.Alternate ? "0" : "")}{Convert.ToString((long)size, 8)}"),
            'b' => Signed(directive, $"{sign}{size.ToString("b", culture)}"),
            'U' => $"U+{whole.ToString("X4", culture)}",
            _ => (Rune.IsValid(whole is >= 0 and <= 0x10FFFF ? (int)whole : -1) ? new Rune((int)whole) : Rune.ReplacementChar).ToString(),
        };
    }

    private static bool IsWhole(JsonNode value) => value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static string Signed(Directive directive, string text) =>
        text[0] == '-' ? text : directive.Plus ? "+" + text : directive.Space ? " " + text : text;

    // A precision is a number of characters of a text.
    private static string Cut(Directive directive, string text) =>
        directive.Precision is { } length && text.EnumerateRunes().Count() > length
            ? string.Concat(text.EnumerateRunes().Take(length))
            : text;

    private static string Hexadecimal(Directive directive, byte[] bytes) =>
        directive.Verb == 'x' ? Convert.ToHexStringLower(bytes) : Convert.ToHexString(bytes);

    private static string Padded(Directive directive, string text, bool isNumber)
    {
        int missing = directive.Width - text.EnumerateRunes().Count();
        if (missing <= 0)
        {
            return text;
        }

        if (directive.Left)
        {
            return text + new string(' ', missing);
        }

        int sign = isNumber && text[0] is '-' or '+' or ' ' ? 1 : 0;
        return directive.Zero ? text[..sign] + new string('0', missing) + text[sign..] : new string(' ', missing) + text;
    }

    private static string Described(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "<nil>",
        JsonValueKind.String => $"string={GoText.Of(value)}",
        JsonValueKind.True or JsonValueKind.False => $"bool={GoText.Of(value)}",
        JsonValueKind.Number => $"{(IsWhole(value) ? "int" : "float64")}={GoText.Of(value)}",
        JsonValueKind.Array => $"[]interface {{}}={GoText.Of(value)}",
        _ => $"map[string]interface {{}}={GoText.Of(value)}",
    };

    // As Go's strconv.Quote.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                < ' ' or 0x7f => $"\\x{rune.Value:x2}",
                _ when Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                    rune.Value < 0x10000 ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}",
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>One directive of a format, such as <c>%-5.2f</c>.</summary>
    /// <param name="Verb">The letter; the character 0 when the format ends before it.</param>
    private readonly record struct Directive(
        char Verb, bool Left, bool Plus, bool Space, bool Zero, bool Alternate, int Width, int? Precision)
    {
        /// <summary>Reads the directive at a percent sign; afterwards the position is that of its verb.</summary>
        public static Directive Read(string format, ref int at)
        {
            var read = default(Directive);
            for (at++; at < format.Length && format[at] is '-' or '+' or ' ' or '0' or '#'; at++)
            {
                read = format[at] switch
                {
                    '-' => read with { Left = true },
                    '+' => read with { Plus = true },
                    ' ' => read with { Space = true },
                    '0' => read with { Zero = true },
                    _ => read with { Alternate = true },
                };
            }

            read = read with { Width = Number(format, ref at) };
            if (at < format.Length && format[at] == '.')
            {
                at++;
                read = read with { Precision = Math.Min(Number(format, ref at), 400) };
            }

            return read with { Verb = at < format.Length ? format[at] : '\0' };
        }

        private static int Number(string format, ref int at)
        {
            int number = 0;
            for (; at < format.Length && char.IsAsciiDigit(format[at]); at++)
            {
                number = Math.Min((number * 10) + format[at] - '0', MaximumWidth);
            }

            return number;
        }
    }
}
