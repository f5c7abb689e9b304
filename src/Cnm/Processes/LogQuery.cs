namespace Net.Cnm.Processes;

/// <summary>Which lines of a log are read.</summary>
/// <remarks>As Docker reads logs: <see cref="Tail"/> counts the lines of the whole log, and those that <see cref="Since"/> and
/// <see cref="Until"/> leave out are among the counted ones.</remarks>
public sealed record LogQuery
{
    /// <summary>Whether to go on with new lines until the command ends, or until the time <see cref="Until"/>.</summary>
    public bool Follow { get; init; }

    /// <summary>The number of lines, of those that are there when the reading begins, to read from the end; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Lines that were written before this time are left out; null for none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Lines that were written after this time are left out; null for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a line was written in the time that is asked for.</summary>
    public bool Includes(LogLine line) =>
        (Since is not { } since || line.Time >= since) && (Until is not { } until || line.Time <= until);
}
