namespace Net.Cli.CommandLines;

/// <summary>A status with which a verb ends, as its manual page tells of it.</summary>
/// <param name="Code">The number; <see cref="Other"/> for whatever a command that the verb runs has ended with.</param>
/// <param name="Meaning">When the verb ends with it, in sentences.</param>
internal sealed record ExitStatus(string Code, string Meaning)
{
    /// <summary>The code of a status that is the command's.</summary>
    public const string Other = "other";

    private const string Failed = "he command line is wrong, the daemon refuses or cannot be reached, or it failed.";

    /// <summary>0, of a verb that has done all that it was to do.</summary>
    public static ExitStatus Success { get; } = new("0", "It succeeded.");

    /// <summary>1, of a verb that has not.</summary>
    public static ExitStatus Failure { get; } = new("1", $"T{Failed}");

    /// <summary>2, of a verb whose 1 is an answer, when it has none.</summary>
    public static ExitStatus FailureAsTwo { get; } = new("2", $"T{Failed}");

    /// <summary>130, of a verb that cleans up when a signal ends it.</summary>
    public static ExitStatus Interrupted { get; } = new("130", "SIGINT, SIGTERM or SIGHUP ended it.");

    /// <summary>126 and 127, of a verb that starts a command.</summary>
    public static IReadOnlyList<ExitStatus> NotStarted { get; } =
        [new("126", "The command cannot be executed."), new("127", "The command is not found.")];

    /// <summary>The statuses of a verb that has no others than 0 and 1, and a failure alone makes it 1.</summary>
    public static IReadOnlyList<ExitStatus> Usual { get; } = [Success, Failure];

    /// <summary>1, of a verb that ends so without a failure, too.</summary>
    /// <param name="clause">When, as a clause that begins a sentence.</param>
    public static ExitStatus OneFor(string clause) => new("1", $"{clause}; or t{Failed}");
}
