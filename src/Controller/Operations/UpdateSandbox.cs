using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Gives a sandbox another restart policy; what is due stays due. The result is the sandbox.</summary>
/// <param name="reference">The sandbox: id, name or unique id prefix.</param>
/// <param name="policy">The policy; null for none.</param>
internal sealed class UpdateSandbox(string reference, SandboxRestartPolicy? policy) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox sandbox = draft.Edit.Now.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(sandbox);
        if (sandbox.AutoRemove && policy is not null)
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"Cannot update container {sandbox.Id}: Restart policy cannot be updated because AutoRemove is enabled for the container");
        }

        sandbox = sandbox with { RestartPolicy = policy };
        draft.Edit.Put(sandbox);
        return ValueTask.FromResult(sandbox);
    }
}
