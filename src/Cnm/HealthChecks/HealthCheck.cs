namespace Net.Cnm.HealthChecks;

/// <summary>How it is found out whether what a container runs works: a probe, a command that is run in the container again and
/// again.</summary>
/// <remarks>The times are as the user gave them; zero stands for the default, which the properties without "Asked" have.</remarks>
public sealed record HealthCheck
{
    /// <summary>The word that says that there is no probe.</summary>
    public const string None = "NONE";

    /// <summary>The word before the words of a command.</summary>
    public const string Words = "CMD";

    /// <summary>The word before one text, which the shell reads.</summary>
    public const string ShellText = "CMD-SHELL";

    private const int DefaultRetries = 3;

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultStartInterval = TimeSpan.FromSeconds(5);

    // A timer of .NET takes a little less than 50 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    /// <summary>The probe as Docker writes it: <c>CMD</c> and the words of a command, <c>CMD-SHELL</c> and a text for the shell, or
    /// <c>NONE</c>; empty for no probe.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    /// <summary>The time from the end of a probe to the next; zero for 30 s.</summary>
    public TimeSpan AskedInterval { get; init; }

    /// <summary>How long a probe may take; zero for 30 s.</summary>
    public TimeSpan AskedTimeout { get; init; }

    /// <summary>How long after the start of the container failures do not count, until a probe succeeds. Zero for not at all.</summary>
    public TimeSpan StartPeriod { get; init; }

    /// <summary>As <see cref="AskedInterval"/>, within <see cref="StartPeriod"/>; zero for 5 s.</summary>
    public TimeSpan AskedStartInterval { get; init; }

    /// <summary>How many failures in a row make the container unhealthy; zero for 3.</summary>
    public int AskedRetries { get; init; }

    /// <summary>The time from the end of a probe to the next; that before the first is as long.</summary>
    public TimeSpan Interval => Or(AskedInterval, DefaultInterval);

    /// <summary>How long a probe may take.</summary>
    public TimeSpan Timeout => Or(AskedTimeout, DefaultTimeout);

    /// <summary>The time between probes within <see cref="StartPeriod"/>, until one succeeds.</summary>
    public TimeSpan StartInterval => Or(AskedStartInterval, DefaultStartInterval);

    /// <summary>How many failures in a row make the container unhealthy, 1 or more.</summary>
    public int Retries => AskedRetries > 0 ? AskedRetries : DefaultRetries;

    /// <summary>The program of the probe and its arguments; null when there is no probe.</summary>
    public IReadOnlyList<string>? Command => Test switch
    {
        [Words, _, ..] => [.. Test.Skip(1)],
        [ShellText, _, ..] => ["/bin/sh", "-c", .. Test.Skip(1)],
        _ => null,
    };

    private static TimeSpan Or(TimeSpan asked, TimeSpan other) =>
        asked <= TimeSpan.Zero ? other : asked < LongestWait ? asked : LongestWait;
}
