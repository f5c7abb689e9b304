using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes a link and leaves both sandboxes as they are: the line of /etc/hosts and the rules go, or the name that the linking
/// sandbox alone resolves. The variables of a command that runs stay. The result is the linking sandbox.</summary>
/// <param name="reference">The name of the link: the linking sandbox and the alias, <c>web/db</c>. A leading slash is left out.</param>
internal sealed class RemoveLink(string reference) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        string name = reference.StartsWith('/') ? reference[1..] : reference;
        if (LinkNames.Split(name) is not var (owner, alias))
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"Conflict, cannot remove the default link name of the container: {reference} is not a link; name one as CONTAINER/ALIAS");
        }

        ModelSnapshot model = draft.Edit.Now;
        Sandbox sandbox = model.FindSandbox(owner);
        if (sandbox.Links is { } links && links.Any(link => link.Alias == alias))
        {
            draft.Edit.Put(sandbox.WithLinks([.. links.Where(link => link.Alias != alias)]));
        }
        else if (model.EndpointsOf(sandbox.Id).FirstOrDefault(e => e.PrivateNames.Any(link => link.Name == alias)) is { } endpoint)
        {
            draft.Edit.Put(endpoint with { PrivateNames = [.. endpoint.PrivateNames.Where(link => link.Name != alias)] });
        }
        else
        {
            throw new CnmException(
                CnmErrorKind.NotFound, $"container {sandbox.Name} has no link {alias}; netctl inspect {sandbox.Name} shows its links");
        }

        return ValueTask.FromResult(draft.Edit.Now[sandbox.Id]);
    }
}
