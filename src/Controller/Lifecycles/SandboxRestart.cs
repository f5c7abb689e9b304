using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Stops a sandbox and starts it again, in one turn of its own, so that nothing else starts or removes it in between. One that
/// does not run is only started. One that cannot be started again stays down, whatever its restart policy, as with Docker: the user has
/// the error.</summary>
internal sealed class SandboxRestart(ControllerParts parts, SandboxStop stop)
{
    /// <summary>Restarts the sandbox. One with <c>--rm</c> is not removed by the stop; when it cannot be started again, it is.</summary>
    /// <returns>Null: nobody is attached.</returns>
    public Task<IProcessStreams?> RunAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(sandbox);
        SandboxId id = sandbox.Id;
        return parts.Turns.RunAsync(
            id,
            () => BrokenOffEnd.GuardAsync(parts, id, EndPurpose.Restart, () => RunInTurnAsync(id, grace, signal, cancellationToken)),
            cancellationToken);
    }

    private async Task<IProcessStreams?> RunInTurnAsync(SandboxId id, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        await stop.RunInTurnAsync(id, grace, signal, cancellationToken);
        try
        {
            IProcessStreams? streams = await new SandboxStart(parts).RunInTurnAsync(id, attach: false, CancellationToken.None);
            parts.Tell(parts.Model.Current[id], "restart");
            return streams;
        }
        catch
        {
            await SandboxStop.MarkAsync(parts, id, CancellationToken.None);
            await parts.Queue.RunAsync(() => SandboxExit.RemoveIfToGoAsync(parts, id), CancellationToken.None);
            throw;
        }
    }
}
