using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Takes note that a sandbox's command has ended: its network stack goes, addresses and ports that were picked are given back.</summary>
internal sealed class ExitSandbox(SandboxId id, SandboxProcessState ended, DateTimeOffset now) : IOperation<Sandbox?>
{
    /// <summary>The exit code of a command whose shim was killed before it could say: what Docker gives for "unknown".</summary>
    public const int UnknownExitCode = 255;

    /// <inheritdoc/>
    public ValueTask<Sandbox?> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.GetValueOrDefault(id) is not { State: SandboxState.Running } sandbox)
        {
            return ValueTask.FromResult<Sandbox?>(null);
        }

        sandbox = sandbox.MoveTo(SandboxState.Exited) with
        {
            ProcessId = null,
            Started = sandbox.Started ?? ended.Started,
            Finished = ended.Finished ?? now,
            ExitCode = ended.ExitCode ?? UnknownExitCode,
        };
        TakeDownStack(draft, sandbox);
        return ValueTask.FromResult<Sandbox?>(sandbox);
    }

    /// <summary>Puts a sandbox without a network stack into the draft.</summary>
    public static void TakeDownStack(Draft draft, Sandbox sandbox)
    {
        draft.Edit.Put(sandbox with { Ports = [] });
        foreach (Endpoint endpoint in draft.Edit.Now.EndpointsOf(sandbox.Id))
        {
            draft.Reservations.Release(endpoint, draft.Edit.Now[endpoint.Network], keepStatic: true);
            draft.Edit.Put(endpoint with
            {
                IPv4 = endpoint.IPv4IsStatic ? endpoint.IPv4 : null,
                IPv6 = endpoint.IPv6IsStatic ? endpoint.IPv6 : null,
            });
        }
    }
}
