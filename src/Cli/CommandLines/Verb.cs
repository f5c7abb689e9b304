using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>A command that can be run, as opposed to a noun that only holds verbs. Its constructor adds its options and
/// arguments.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Whether <c>--dry-run</c> is allowed.</summary>
    public virtual bool TakesDryRun => false;

    /// <summary>Whether everything after the first argument belongs to the command that is to be started.</summary>
    public virtual bool OptionsEndAtFirstArgument => false;

    /// <summary>The exit code when netctl itself fails: for an invalid flag, or when the daemon refuses.</summary>
    public virtual int FailureExitCode => 1;

    /// <summary>The exit code when the daemon refuses.</summary>
    public virtual int RefusalExitCode => FailureExitCode;

    /// <summary>The statuses with which it ends, from 0 on; part of its manual page. Those that every verb may have, such as that for an
    /// output that nobody reads, are on the page of netctl.</summary>
    public abstract IReadOnlyList<ExitStatus> ExitStatuses { get; }

    /// <summary>A command line, or several, that shows the verb in use; part of its help.</summary>
    public virtual string Example => "";

    /// <summary>Whether it sends requests to the daemon.</summary>
    public virtual bool UsesDaemon => true;

    /// <summary>Whether it removes what is seen in the kernel, such as links. These are deleted some time after the daemon's answer, and
    /// the command ends only then: whoever types the next one does not see them.</summary>
    public virtual bool Removes(ParseResult parsed) => false;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken);
}
