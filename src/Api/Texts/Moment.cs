using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Api.Texts;

/// <summary>Parses a moment as Docker takes it: a duration before now as Go writes it (<c>1h30m</c>), seconds since 1970, or a date with or
/// without a time and a zone (RFC 3339).</summary>
public static partial class Moment
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HHK", "yyyy-MM-ddK",
    ];

    /// <summary>Parses a moment. A date without a zone is in this process's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="FormatException">The text has none of the forms. The message is for the user.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        try
        {
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
            {
                return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            }

            if (DurationOf(text) is { } ago)
            {
                return now - ago;
            }

            if (DateTimeOffset.TryParseExact(
                TooFine().Replace(text, "$1"), Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset date))
            {
                return date;
            }
        }
        catch (Exception error) when (error is OverflowException or ArgumentOutOfRangeException)
        {
            // It is refused like all else that is no moment.
        }

        throw new FormatException(
            $"invalid time \"{text}\": give a duration such as 24h, seconds since 1970, or a date such as 2026-01-02T15:04:05");
    }

    /// <summary>A moment as seconds since 1970 with a fraction, which every daemon of Docker's API takes.</summary>
    public static string UnixSeconds(DateTimeOffset moment) =>
        ((decimal)(moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerSecond)
            .ToString("0.0000000", CultureInfo.InvariantCulture);

    private static TimeSpan? DurationOf(string text)
    {
        try
        {
            return TimeSpan.FromTicks(Duration.Parse(text) / TimeSpan.NanosecondsPerTick);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // Docker's times have nine digits of the second; the clock has seven.
    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex TooFine();
}
