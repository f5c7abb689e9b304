using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Operations;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Starts the shim of a sandbox that is Running in the model, with its command when it has one, and records the process. The
/// caller has the sandbox's turn, not the queue's.</summary>
internal sealed class ShimLaunch(ControllerParts parts)
{
    /// <summary>Starts the shim. When this fails, nothing of the sandbox runs.</summary>
    /// <param name="id">The sandbox.</param>
    /// <param name="awaitsReader">Whether a client is about to attach, whose pace the command's output follows from the first byte
    /// on.</param>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable, or Internal.</exception>
    public async Task RunAsync(SandboxId id, bool awaitsReader)
    {
        Sandbox sandbox = parts.Model.Current[id];
        try
        {
            Sandbox holder = SharedStackRule.HolderOf(sandbox, parts.Model.Current);
            SandboxProcessState state = await parts.Processes.StartAsync(
                SandboxSpecs.For(
                    sandbox, holder, LinkVariables.AddTo(sandbox, parts.Model.Current).Process, parts.Paths, parts.Options, awaitsReader),
                CancellationToken.None);
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new RecordProcess(id, state), CancellationToken.None), CancellationToken.None);
        }
        catch (Exception error)
        {
            await EndAsync(sandbox);
            throw error as CnmException ?? new CnmException(
                CnmErrorKind.Internal, $"container {sandbox.Name} cannot be started: {error.Message}", error);
        }
    }

    private async Task EndAsync(Sandbox sandbox)
    {
        try
        {
            // Also when only recording the process failed: a command that is not in the model must not keep running.
            await parts.Processes.StopAsync(sandbox.Id, Signals.Kill, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception error)
        {
            // The cause of the failed start may prevent the stop too. The model must not say Running because of that.
            parts.Log.Warning($"container {sandbox.Name}, whose start failed, cannot be ended: {error.Message}");
        }
    }
}
