using Net.Cnm.DesiredState;

namespace Net.Cnm.Findings;

/// <summary>A fault of the host that keeps the traffic of our containers from flowing, though every object of ours is as it should be. Two
/// findings are equal when all their properties are.</summary>
public sealed record Finding
{
    /// <summary>What kind of fault it is: one of <see cref="FindingKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How sure it is. Default <see cref="FindingGrade.Error"/>.</summary>
    public FindingGrade Grade { get; init; } = FindingGrade.Error;

    /// <summary>What suffers from it, such as <c>network front</c> or <c>container web</c>.</summary>
    public required string Object { get; init; }

    /// <summary>A sentence that says what is wrong, what causes it and what follows from it.</summary>
    public required string Cause { get; init; }

    /// <summary>The command of a standard tool that shows it, to be run on the host.</summary>
    public required string Look { get; init; }

    /// <summary>The command that mends it, to be run on the host; or a few words where no single command does.</summary>
    public required string Remedy { get; init; }

    /// <summary>What has to be written to the kernel to mend it, where it is this program's to mend: a setting or a link of ours. Null
    /// where it is another's.</summary>
    public DesiredObject? Repair { get; init; }
}
