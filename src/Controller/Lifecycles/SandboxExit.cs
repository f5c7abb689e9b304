using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>What follows the end of a sandbox's command, whoever ended it: the network stack goes, and with <c>--rm</c> the sandbox.</summary>
internal static class SandboxExit
{
    /// <summary>Does it, and gives the exit code.</summary>
    public static Task<int> RunAsync(ControllerParts parts, SandboxId id, SandboxProcessState ended) =>
        parts.Queue.RunAsync(
            async () =>
            {
                Sandbox? sandbox = await parts.Runner.RunAsync(new ExitSandbox(id, ended, parts.Time.GetUtcNow()), CancellationToken.None);
                if (sandbox is { AutoRemove: true })
                {
                    await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: false), CancellationToken.None);
                    parts.Processes.RemoveFiles(id);
                    parts.Watches.Remove(id);
                }

                return ended.ExitCode ?? ExitSandbox.UnknownExitCode;
            },
            CancellationToken.None);
}
