namespace Net.Daemon;

/// <summary>Limits how often the firewall's rules are compared: at once for a burst of changes, and twice a second in the long run, however
/// many changes another program makes.</summary>
/// <remarks>A bucket of tokens: it begins full and gets one more each half second. Not safe for two threads at once.</remarks>
/// <param name="time">The clock.</param>
internal sealed class RestorePace(TimeProvider time)
{
    /// <summary>How many comparisons can follow each other without a pause: a script that flushes and deletes the chains of four tables in
    /// both families makes 16 changes.</summary>
    public const int Burst = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private double _tokens = Burst;
    private long _since = time.GetTimestamp();

    /// <summary>Takes a token.</summary>
    /// <returns>How long to wait before the comparison.</returns>
    public TimeSpan Take()
    {
        long now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + (time.GetElapsedTime(_since, now) / Interval)) - 1;
        _since = now;
        return _tokens >= 0 ? TimeSpan.Zero : Interval * -_tokens;
    }
}
