using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>One thing done to the kernel for one desired object: when, for what, and what a person would type for it.</summary>
/// <remarks>Apply carries steps out, explain prints their commands: so the explanation can neither miss a step nor tell another
/// order.</remarks>
internal abstract class Step(ApplyPhase phase, DesiredObject subject, Func<string> command)
{
    /// <summary>When it is done.</summary>
    public ApplyPhase Phase => phase;

    /// <summary>What it is done for.</summary>
    public DesiredObject Subject => subject;

    /// <summary>The command a person would type, or a comment; several lines are separated by a line feed; empty when another step's
    /// command does it too.</summary>
    public string Command => command();
}
