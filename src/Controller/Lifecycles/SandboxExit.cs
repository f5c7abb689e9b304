using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>What follows the exit of a sandbox's command, for whatever reason it exited: the network stack is removed, and then
/// the sandbox may be removed or started again (<see cref="EndRule"/>).</summary>
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
        PluginPatience patience = parts.Talks.BeginPatience();
        int code = await parts.Queue.RunAsync(
            async () =>
            {
                var recorded = new ExitSandbox(id, exit, parts.Time.GetUtcNow()) { PurposeIsVoid = parts.StalePurposes.ContainsKey(id) };
                Sandbox? sandbox = await parts.Runner.RunAsync(recorded, CancellationToken.None)
                    ?? parts.Model.Current.SandboxesById.GetValueOrDefault(id); // an earlier attempt got as far as that
                if (!await RemoveIfToGoAsync(parts, id) && sandbox is { IsRestarting: true })
                {
                    parts.Watches.Expect(id);
                    parts.Restarts.Begin(sandbox);
                }

                return exit.ExitCode ?? ExitSandbox.UnknownExitCode;
            },
            CancellationToken.None);
        Task told = new PluginRound(parts).AfterRemovalAsync(id, patience);
        if (parts.Model.Current.Find(id) is not { EndedFor: EndPurpose.Restart }) // the start waits for it in any case
        {
            await told;
        }

        return code;
    }

    /// <summary>Removes a sandbox that has ended when that is to follow. The caller has the queue's turn.</summary>
    /// <returns>Whether it was removed.</returns>
    public static async Task<bool> RemoveIfToGoAsync(ControllerParts parts, SandboxId id)
    {
        if (parts.Model.Current.Find(id) is not { } sandbox || !EndRule.IsToGo(sandbox))
        {
            return false;
        }

        await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: true), CancellationToken.None);
        parts.Processes.RemoveFiles(id);
        parts.Watches.Remove(id, sandbox.ExitCode ?? 0);
        return true;
    }
}
