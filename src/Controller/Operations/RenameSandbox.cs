using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Gives a sandbox another name, whatever its state. Its names in DNS and the one for <c>ip netns</c> follow; addresses, links and
/// its host name stay. The result is the sandbox with its new name.</summary>
/// <param name="reference">The sandbox: id, name or unique id prefix.</param>
/// <param name="name">The new name. A leading slash, with which Docker's clients write names, is left out.</param>
internal sealed class RenameSandbox(string reference, string name) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        string next = SandboxNameRule.Bare(name);
        if (next.Length == 0)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "Neither old nor new names may be empty");
        }

        Sandbox sandbox = draft.Edit.Now.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(sandbox);
        if (sandbox.Name == next)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "Renaming a container with the same name as its current name");
        }

        sandbox = sandbox with { Name = SandboxNameRule.Require(draft.Edit.Now, next) };
        string before = draft.Edit.Now[sandbox.Id].Name;
        draft.Edit.Put(sandbox);
        PrivateLinks.Follow(draft, sandbox, before);
        return ValueTask.FromResult(sandbox);
    }
}
