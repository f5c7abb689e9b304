using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>Which state of a sandbox may follow which; <see cref="SandboxState"/> describes the states.</summary>
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
    /// <exception cref="InvalidOperationException">The transition is not allowed, which the operation should have checked.</exception>
    public static Sandbox MoveTo(this Sandbox sandbox, SandboxState next) =>
        Allows(sandbox.State, next)
            ? sandbox with { State = next }
            : throw new InvalidOperationException($"container {sandbox.Name} cannot go from {sandbox.State} to {next}");
}
