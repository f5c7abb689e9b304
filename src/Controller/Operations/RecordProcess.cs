using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records the process of a running sandbox.</summary>
internal sealed class RecordProcess(SandboxId id, SandboxProcessState state) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox before = draft.Edit.Now[id];
        Sandbox sandbox = before with
        {
            ProcessId = state.ProcessId,
            Started = state.Started,
            ExitCode = null,
            EndedFor = null, // a restart is done
            IsPaused = before.IsPaused && before.ProcessId == state.ProcessId, // a new process runs
        };
        draft.Edit.Put(sandbox);
        return ValueTask.FromResult(sandbox);
    }
}
