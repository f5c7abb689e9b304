namespace Net.Api.Daemons;

/// <summary>A fault of the host that keeps traffic of containers from flowing though everything of netctl's is as it should be.</summary>
public sealed record FindingEntry
{
    /// <summary>What kind of fault it is, such as <c>foreign-rule</c>; docs/doctor.md has them all.</summary>
    public required string Kind { get; init; }

    /// <summary><c>error</c>, or <c>note</c> for what may be meant so.</summary>
    public required string Grade { get; init; }

    /// <summary>What suffers from it: <c>network front</c>, <c>container web</c>.</summary>
    public required string Object { get; init; }

    /// <summary>What is wrong, what causes it and what follows from it, a sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>The command that shows it.</summary>
    public required string Look { get; init; }

    /// <summary>The command that mends it, or a few words where no single one does.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether <c>POST /netctl/mend</c> mends it.</summary>
    public bool IsMended { get; init; }
}
