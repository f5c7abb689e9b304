using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>Whether and when a sandbox is started again by its restart policy. The numbers are Docker's (moby, restartmanager).</summary>
internal static class RestartRule
{
    private const int FirstDelay = 100; // milliseconds
    private const int LongestDelay = 60_000;

    /// <summary>A command that ran this long is not one that fails at once: the delay begins anew.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(10);

    /// <summary>A sandbox whose command has exited, with what its policy makes of that.</summary>
    /// <param name="exited">The sandbox with its exit recorded.</param>
    public static Sandbox AfterExit(Sandbox exited) => !Wants(exited)
        ? exited with { IsRestarting = false }
        : Due(exited.Finished - exited.Started >= LongRun ? exited with { RestartDelay = 0 } : exited);

    /// <summary>A sandbox that could not be started when that was due. As an exit, it counts as one more failure.</summary>
    public static Sandbox AfterFailedStart(Sandbox sandbox)
    {
        Sandbox counted = sandbox with { RestartCount = sandbox.RestartCount + 1 };
        return Wants(counted with { ExitCode = counted.ExitCode is null or 0 ? 1 : counted.ExitCode })
            ? Due(counted)
            : counted with { IsRestarting = false };
    }

    /// <summary>A sandbox that is started at once, whatever its restart policy. That start does not count.</summary>
    public static Sandbox AtOnce(Sandbox sandbox) => sandbox with
    {
        IsRestarting = true,
        StoppedByUser = false,
        RestartCount = 0,
        RestartDelay = 0,
    };

    /// <summary>Whether the start of a daemon starts an exited sandbox that is not due to be started anyway.</summary>
    public static bool StartsWithDaemon(Sandbox sandbox) =>
        sandbox is { State: SandboxState.Exited, IsRestarting: false, EndedFor: not EndPurpose.Removal }
        && (sandbox.RestartPolicy?.Kind == RestartKind.Always
            || (sandbox.RestartPolicy?.Kind == RestartKind.UnlessStopped && !sandbox.StoppedByUser));

    private static Sandbox Due(Sandbox sandbox) => sandbox with
    {
        IsRestarting = true,
        RestartDelay = sandbox.RestartDelay == 0 ? FirstDelay : Math.Min(sandbox.RestartDelay * 2, LongestDelay),
    };

    private static bool Wants(Sandbox sandbox) => !sandbox.StoppedByUser && sandbox.RestartPolicy switch
    {
        null => false,
        { Kind: RestartKind.OnFailure } policy =>
            sandbox.ExitCode != 0 && (policy.MaximumRetries == 0 || sandbox.RestartCount < policy.MaximumRetries),
        _ => true,
    };
}
