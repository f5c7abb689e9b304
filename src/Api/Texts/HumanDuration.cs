namespace Net.Api.Texts;

/// <summary>Writes a length of time as Docker's lists do: <c>Less than a second</c>, <c>About a minute</c>, <c>3 hours</c>.</summary>
/// <remarks>The steps are those of go-units, as Docker's own output shows them.</remarks>
public static class HumanDuration
{
    /// <summary>The text for a length of time; a negative one counts as zero.</summary>
    public static string Of(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds;
        long minutes = (long)duration.TotalMinutes;
        long hours = (long)Math.Floor(duration.TotalHours + 0.5);
        return (seconds, minutes, hours) switch
        {
            ( < 1, _, _) => "Less than a second",
            (1, _, _) => "1 second",
            ( < 60, _, _) => $"{seconds} seconds",
            (_, 1, _) => "About a minute",
            (_, < 60, _) => $"{minutes} minutes",
            (_, _, 1) => "About an hour",
            (_, _, < 48) => $"{hours} hours",
            (_, _, < 24 * 7 * 2) => $"{hours / 24} days",
            (_, _, < 24 * 30 * 2) => $"{hours / 24 / 7} weeks",
            (_, _, < 24 * 365 * 2) => $"{hours / 24 / 30} months",
            _ => $"{hours / 24 / 365} years",
        };
    }
}
