using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>One change of the kernel for one desired object: its phase, the object, and the command that has the same effect.</summary>
/// <remarks>Apply carries steps out, explain prints their commands: so an explanation has the same steps in the same order.</remarks>
internal abstract class Step(ApplyPhase phase, DesiredObject subject, Func<string> command)
{
    /// <summary>The phase in which it is carried out.</summary>
    public ApplyPhase Phase => phase;

    /// <summary>The desired object that it is part of.</summary>
    public DesiredObject Subject => subject;

    /// <summary>The command a person would type, or a comment; several lines are separated by a line feed; empty when another step's
    /// command does it too.</summary>
    public string Command => command();
}
