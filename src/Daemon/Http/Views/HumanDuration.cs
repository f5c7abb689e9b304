using System.Globalization;

namespace Net.Daemon.Http.Views;

/// <summary>A length of time in the words of Docker's tables: "Less than a second", "3 minutes", "About an hour".</summary>
internal static class HumanDuration
{
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "Less than a second",
        { TotalSeconds: < 2 } => "1 second",
        { TotalSeconds: < 60 } => Count(time.TotalSeconds, "seconds"),
        { TotalMinutes: < 2 } => "About a minute",
        { TotalMinutes: < 60 } => Count(time.TotalMinutes, "minutes"),
        { TotalHours: < 1.5 } => "About an hour",
        { TotalHours: < 48 } => Count(Math.Round(time.TotalHours), "hours"),
        { TotalDays: < 14 } => Count(time.TotalDays, "days"),
        { TotalDays: < 60 } => Count(time.TotalDays / 7, "weeks"),
        { TotalDays: < 730 } => Count(time.TotalDays / 30, "months"),
        _ => Count(time.TotalDays / 365, "years"),
    };

    private static string Count(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{(int)number} {unit}");
}
