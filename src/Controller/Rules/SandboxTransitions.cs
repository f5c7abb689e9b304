using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>The states that may follow each other; see <see cref="SandboxState"/> for the table in words.</summary>
internal static class SandboxTransitions
{
    /// <summary>Whether a sandbox may go from one state to another.</summary>
    public static bool Allows(SandboxState from, SandboxState to) => (from, to) switch
    {
        (SandboxState.Created, SandboxState.Running or SandboxState.Removing) => true,
        (SandboxState.Running, SandboxState.Exited) => true,
        (SandboxState.Exited, SandboxState.Running or SandboxState.Removing) => true,
        _ => false,
    };

    /// <summary>The sandbox in its next state.</summary>
    /// <exception cref="InvalidOperationException">The table does not allow it: an operation has not looked.</exception>
    public static Sandbox MoveTo(this Sandbox sandbox, SandboxState next) =>
        Allows(sandbox.State, next)
            ? sandbox with { State = next }
            : throw new InvalidOperationException($"container {sandbox.Name} cannot go from {sandbox.State} to {next}");
}
