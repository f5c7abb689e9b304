using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Api.Texts;

/// <summary>Parses durations as Go's time.ParseDuration does: <c>300ms</c>, <c>-1.5h</c>, <c>2h45m</c>, <c>0</c>.</summary>
public static partial class Duration
{
    /// <summary>Parses a duration.</summary>
    /// <returns>Nanoseconds.</returns>
    /// <exception cref="FormatException">The text is no duration. The message is Go's.</exception>
    public static long Parse(string text)
    {
        Match match = Parts().Match(text);
        if (!match.Success)
        {
            throw Invalid("invalid duration", text);
        }

        if (match.Groups["zero"].Success)
        {
            return 0;
        }

        try
        {
            decimal sum = 0;
            for (int i = 0; i < match.Groups["number"].Captures.Count; i++)
            {
                string unit = match.Groups["unit"].Captures[i].Value;
                decimal factor = unit.Length == 0 ? throw Invalid("missing unit in duration", text)
                    : FactorOf(unit) ?? throw Invalid($"unknown unit \"{unit}\" in duration", text);
                sum += decimal.Truncate(
                    decimal.Parse(match.Groups["number"].Captures[i].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                        * factor);
            }

            return decimal.ToInt64(text[0] == '-' ? -sum : sum);
        }
        catch (OverflowException)
        {
            throw Invalid("invalid duration", text);
        }
    }

    private static FormatException Invalid(string problem, string text) => new($"time: {problem} \"{text}\"");

    private static decimal? FactorOf(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => null,
    };

    // A unit is all up to the next digit or point.
    [GeneratedRegex(
        @"^[-+]?(?:(?<zero>0)|(?:(?<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?<unit>[^0-9.]*))+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
