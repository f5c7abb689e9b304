using System.Globalization;
using System.Text.RegularExpressions;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>Parses a moment as Docker takes it: a duration before now as Go writes it (<c>1h30m</c>), seconds since 1970, or a date with or
/// without a time and a zone (RFC 3339).</summary>
internal static partial class Moment
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HHK", "yyyy-MM-ddK",
    ];

    /// <summary>Parses a moment. A date without a zone is in the daemon's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="CnmException">InvalidParameter: the text has none of the forms.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        try
        {
            if (Durations().Match(text) is { Success: true } duration)
            {
                TimeSpan length = TimeSpan.Zero;
                for (int i = 0; i < duration.Groups["number"].Captures.Count; i++)
                {
                    double number = double.Parse(duration.Groups["number"].Captures[i].ValueSpan, CultureInfo.InvariantCulture);
                    length += number * UnitOf(duration.Groups["unit"].Captures[i].Value);
                }

                return text[0] == '-' ? now + length : now - length;
            }

            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
            {
                return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            }

            if (DateTimeOffset.TryParseExact(
                text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset date))
            {
                return date;
            }
        }
        catch (Exception error) when (error is OverflowException or ArgumentOutOfRangeException)
        {
            // It is refused like all else that is no moment.
        }

        throw new CnmException(
            CnmErrorKind.InvalidParameter,
            $"invalid time \"{text}\": give a duration such as 24h, seconds since 1970, or a date such as 2026-01-02T15:04:05");
    }

    private static TimeSpan UnitOf(string unit) => unit switch
    {
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        "s" => TimeSpan.FromSeconds(1),
        "ms" => TimeSpan.FromMilliseconds(1),
        "ns" => TimeSpan.Zero,
        _ => TimeSpan.FromMicroseconds(1),
    };

    [GeneratedRegex(@"^[-+]?(?:(?<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?<unit>h|ms|m|s|us|µs|μs|ns))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Durations();
}
