using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>A command that does something, as opposed to a noun that only holds verbs. Its options and arguments are made in the constructor.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Whether <c>--dry-run</c> may stand before it.</summary>
    public virtual bool TakesDryRun => false;

    /// <summary>Whether everything after the first argument belongs to the command that is to be run.</summary>
    public virtual bool OptionsEndAtFirstArgument => false;

    /// <summary>The exit code when netctl itself fails, by a wrong flag or by the daemon's refusal.</summary>
    public virtual int FailureExitCode => 1;

    /// <summary>Whether it asks the daemon anything.</summary>
    public virtual bool UsesDaemon => true;

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken);
}
