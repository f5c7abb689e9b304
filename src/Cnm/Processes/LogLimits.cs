namespace Net.Cnm.Processes;

/// <summary>How much of a command's output its log keeps.</summary>
public sealed record LogLimits
{
    /// <summary>What is kept when nobody says otherwise: 3 files of 10 MiB.</summary>
    public static LogLimits Default { get; } = new() { MaximumSize = 10 << 20, MaximumFiles = 3 };

    /// <summary>The size of one file in bytes at which the next is begun; at least 1. Null: as the daemon is set.</summary>
    /// <remarks>A file of less than 4096 bytes may be somewhat longer: it has one piece of output at least.</remarks>
    public long? MaximumSize { get; init; }

    /// <summary>How many files are kept, the one that is written included; at least 1. Null: as the daemon is set.</summary>
    public int? MaximumFiles { get; init; }

    /// <summary>These limits, with others in place of those that are null.</summary>
    public LogLimits Or(LogLimits others) =>
        new() { MaximumSize = MaximumSize ?? others.MaximumSize, MaximumFiles = MaximumFiles ?? others.MaximumFiles };
}
