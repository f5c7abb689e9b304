using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Plugins;

namespace Net.Controller.Lifecycles;

/// <summary>What follows the exit of a sandbox's command, for whatever reason it exited: the network stack is removed, with <c>--rm</c>
/// the sandbox too, and with a restart policy a start may follow.</summary>
internal static class SandboxExit
{
    /// <summary>Records the exit in the model and removes what has to go.</summary>
    /// <param name="parts">The controller.</param>
    /// <param name="id">The sandbox.</param>
    /// <param name="exit">What the shim says of the exit.</param>
    /// <returns>The exit code.</returns>
    /// <remarks>When it fails, it can be called again.</remarks>
    public static async Task<int> RunAsync(ControllerParts parts, SandboxId id, SandboxProcessState exit)
    {
        bool isRestarted = parts.Kept.Contains(id);
        PluginPatience patience = parts.Talks.BeginPatience();
        int code = await parts.Queue.RunAsync(
            async () =>
            {
                var recorded = new ExitSandbox(id, exit, parts.Time.GetUtcNow()) { IsFollowedUp = parts.Guarded.Contains(id) };
                Sandbox? sandbox = await parts.Runner.RunAsync(recorded, CancellationToken.None)
                    ?? parts.Model.Current.SandboxesById.GetValueOrDefault(id); // an earlier attempt got as far as that
                if (sandbox is { IsRestarting: true })
                {
                    parts.Watches.Expect(id);
                    parts.Restarts.Begin(sandbox);
                }

                if (sandbox is not null && !parts.Kept.Contains(id))
                {
                    await RemoveIfAskedAsync(parts, id);
                }

                return exit.ExitCode ?? ExitSandbox.UnknownExitCode;
            },
            CancellationToken.None);
        Task told = new PluginRound(parts).AfterRemovalAsync(id, patience);
        await (isRestarted ? Task.CompletedTask : told); // a start waits for it in any case
        return code;
    }

    /// <summary>Removes a sandbox that has exited when it was made with <c>--rm</c>. The caller has the queue's turn.</summary>
    /// <returns>Whether it was removed.</returns>
    public static async Task<bool> RemoveIfAskedAsync(ControllerParts parts, SandboxId id)
    {
        if (parts.Model.Current.SandboxesById.GetValueOrDefault(id) is not { AutoRemove: true, State: SandboxState.Exited })
        {
            return false;
        }

        await RemoveAsync(parts, id);
        return true;
    }

    /// <summary>Removes a sandbox that has exited. The caller has the queue's turn.</summary>
    public static async Task RemoveAsync(ControllerParts parts, SandboxId id)
    {
        Sandbox sandbox = parts.Model.Current[id];
        await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: false), CancellationToken.None);
        parts.Processes.RemoveFiles(id);
        parts.Watches.Remove(id, sandbox.ExitCode ?? 0);
    }
}
