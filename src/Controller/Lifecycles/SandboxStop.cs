using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Lifecycles;

/// <summary>Stops sandboxes' commands and waits for their exit. Other operations run while a command takes its time.</summary>
internal sealed class SandboxStop(ControllerParts parts)
{
    /// <summary>Stops the command. When this returns, all that follows its exit has been done.</summary>
    /// <returns>Whether the command ran.</returns>
    public async Task<bool> RunAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, Task<int>? exit) = await FindAsync(reference, cancellationToken);
        if (sandbox.State == SandboxState.Running)
        {
            await parts.Processes.StopAsync(sandbox.Id, signal ?? Signals.Terminate, grace, cancellationToken);
            if (exit is not null)
            {
                await exit.WaitAsync(cancellationToken);
            }
        }

        return sandbox.State == SandboxState.Running;
    }

    /// <summary>Waits until the command of a sandbox has exited.</summary>
    /// <returns>Its exit code; 0 for a sandbox that was never started.</returns>
    public async Task<int> WaitAsync(string reference, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, Task<int>? exit) = await FindAsync(reference, cancellationToken);
        return sandbox.State == SandboxState.Running && exit is not null ? await exit.WaitAsync(cancellationToken) : sandbox.ExitCode ?? 0;
    }

    /// <summary>The sandbox and the task that watches it, read while no operation runs.</summary>
    private Task<(Sandbox Sandbox, Task<int>? Exit)> FindAsync(string reference, CancellationToken cancellationToken) =>
        parts.Queue.RunAsync(
            () =>
            {
                Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
                SandboxId id = sandbox.Id;
                return Task.FromResult((sandbox, parts.Watches.Find(id)));
            },
            cancellationToken);
}
