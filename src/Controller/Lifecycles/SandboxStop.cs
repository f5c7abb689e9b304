using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Lifecycles;

/// <summary>Ends sandboxes' commands and waits for their ends. The turn is not held while a command takes its time.</summary>
internal sealed class SandboxStop(ControllerParts parts)
{
    /// <summary>Stops the command; when this returns, all that follows its exit has been done.</summary>
    /// <returns>Whether the command ran.</returns>
    public async Task<bool> RunAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, Task<int>? end) = await FindAsync(reference, cancellationToken);
        if (sandbox.State == SandboxState.Running)
        {
            await parts.Processes.StopAsync(sandbox.Id, signal ?? Signals.Terminate, grace, cancellationToken);
            if (end is not null)
            {
                await end.WaitAsync(cancellationToken);
            }
        }

        return sandbox.State == SandboxState.Running;
    }

    /// <summary>Waits until the sandbox does not run, and gives its exit code; 0 for one that never ran.</summary>
    public async Task<int> WaitAsync(string reference, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, Task<int>? end) = await FindAsync(reference, cancellationToken);
        return sandbox.State == SandboxState.Running && end is not null ? await end.WaitAsync(cancellationToken) : sandbox.ExitCode ?? 0;
    }

    /// <summary>The sandbox and its watch, when no operation is half-way.</summary>
    private Task<(Sandbox Sandbox, Task<int>? End)> FindAsync(string reference, CancellationToken cancellationToken) =>
        parts.Queue.RunAsync(
            () =>
            {
                Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
                SandboxId id = sandbox.Id;
                return Task.FromResult((sandbox, parts.Watches.Find(id)));
            },
            cancellationToken);
}
