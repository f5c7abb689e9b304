using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>What follows the end of a sandbox's command. First comes what the operation that ended it goes on to do
/// (<see cref="Sandbox.EndedFor"/>), be it under way or broken off with a daemon that was killed; without one, what the sandbox's restart
/// policy and <c>--rm</c> say.</summary>
internal static class EndRule
{
    /// <summary>A sandbox whose command has ended, with whether it is to be started again.</summary>
    /// <param name="ended">The sandbox with its end recorded.</param>
    public static Sandbox AfterEnd(Sandbox ended) => ended.EndedFor switch
    {
        EndPurpose.Removal => ended with { IsRestarting = false },
        EndPurpose.Restart => RestartRule.AtOnce(ended),
        _ => RestartRule.AfterExit(ended),
    };

    /// <summary>Whether the end that a shim tells is that of the run before, which is recorded already: a start that is broken off before
    /// there is a shim leaves the file of the last one. The clock tells, unless the shim has recorded the end that the sandbox
    /// has.</summary>
    /// <param name="end">What the shim tells.</param>
    /// <param name="sandbox">The sandbox, which runs as far as the model says.</param>
    public static bool IsOfRunBefore(SandboxProcessState end, Sandbox sandbox) => sandbox is { Started: null, Finished: { } before }
        && (end.Finished == before || end.Started <= before);

    /// <summary>Whether a sandbox is to be removed, since its command has ended.</summary>
    public static bool IsToGo(Sandbox sandbox) => sandbox.EndedFor switch
    {
        EndPurpose.Removal => sandbox.State != SandboxState.Running,
        EndPurpose.Restart => false,
        _ => sandbox is { State: SandboxState.Exited, AutoRemove: true },
    };
}
