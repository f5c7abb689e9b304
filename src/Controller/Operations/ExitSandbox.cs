using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records that a sandbox's command has exited: its network stack is removed, and addresses and ports that were picked are
/// released. The result is the sandbox, or null when it was not Running.</summary>
internal sealed class ExitSandbox(SandboxId id, SandboxProcessState exit, DateTimeOffset now) : IOperation<Sandbox?>
{
    /// <summary>The exit code of a command when it is not known, because the shim was killed before it could record one. Docker uses the
    /// same.</summary>
    public const int UnknownExitCode = 255;

    /// <summary>Whether <see cref="Sandbox.EndedFor"/> is void: the operation has failed, and it could not be taken out of the store
    /// yet.</summary>
    public bool PurposeIsVoid { get; init; }

    /// <inheritdoc/>
    public ValueTask<Sandbox?> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.GetValueOrDefault(id) is not { State: SandboxState.Running } sandbox)
        {
            return ValueTask.FromResult<Sandbox?>(null);
        }

        sandbox = EndRule.AfterEnd(sandbox.MoveTo(SandboxState.Exited) with
        {
            ProcessId = null,
            IsPaused = false,
            EndedFor = PurposeIsVoid || IsRestarted(sandbox) ? null : sandbox.EndedFor,
            Started = sandbox.Started ?? exit.Started,
            Finished = exit.Finished ?? now,
            ExitCode = exit.ExitCode ?? (sandbox.Process is null ? 0 : UnknownExitCode),
        });
        TakeDownStack(draft, sandbox);
        return ValueTask.FromResult<Sandbox?>(sandbox);
    }

    // The run that has ended is the one that a restart has started, of which nobody came to make a note.
    private bool IsRestarted(Sandbox sandbox) =>
        sandbox is { EndedFor: EndPurpose.Restart, Started: null } && exit.Started is not null && !EndRule.IsOfRunBefore(exit, sandbox);

    /// <summary>Removes the network stack of a sandbox in the draft. An endpoint that plug-ins know keeps its addresses until they have
    /// been told.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="sandbox">The sandbox in its new state.</param>
    public static void TakeDownStack(Draft draft, Sandbox sandbox)
    {
        draft.Edit.Put(sandbox with { Ports = [] });
        foreach (Endpoint endpoint in draft.Edit.Now.EndpointsOf(sandbox.Id).Where(e => e.Plugged is null))
        {
            draft.Reservations.Release(endpoint, draft.Edit.Now[endpoint.Network], keepStatic: true);
            draft.Edit.Put(WithoutStack(endpoint));
        }
    }

    /// <summary>An endpoint of a sandbox without a network stack: it has only the addresses that the user asked for, and knows which it
    /// had.</summary>
    public static Endpoint WithoutStack(Endpoint endpoint) => endpoint with
    {
        IPv4 = endpoint.IPv4IsStatic ? endpoint.IPv4 : null,
        IPv6 = endpoint.IPv6IsStatic ? endpoint.IPv6 : null,
        FormerIPv4 = endpoint.IPv4IsStatic ? null : endpoint.IPv4 ?? endpoint.FormerIPv4,
        FormerIPv6 = endpoint.IPv6IsStatic ? null : endpoint.IPv6 ?? endpoint.FormerIPv6,
    };
}
