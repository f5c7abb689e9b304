using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Links;

/// <summary>Gives a sandbox of a draft the links that were asked for on one of its networks.</summary>
internal static class LinkChoices
{
    /// <summary>Adds links of a sandbox that has its endpoint on the network already.</summary>
    /// <exception cref="CnmException">InvalidParameter: a link is not possible; the messages are Docker's where it has one. Conflict: the
    /// sandbox runs and the target does not.</exception>
    public static void Add(Draft draft, SandboxId id, Network network, IReadOnlyList<LinkSpec> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        Sandbox sandbox = draft.Edit.Now[id];
        if (sandbox.Mode == NetworkMode.Host)
        {
            throw HostConflict(sandbox);
        }

        if (sandbox.Mode == NetworkMode.None)
        {
            throw Invalid(
                $"conflicting options: links and the network mode none: container {sandbox.Name} reaches no other container; leave --link "
                    + "out, or choose another network");
        }

        if (network.IsDefaultBridge)
        {
            AddLinks(draft, sandbox, links);
        }
        else
        {
            RequireEachAliasOnce(sandbox, links.Select(link => link.Alias));
            PrivateLinks.Add(draft, sandbox, network, links);
        }
    }

    private static void AddLinks(Draft draft, Sandbox sandbox, IReadOnlyList<LinkSpec> links)
    {
        // A sandbox that is connected again may have links from before: those stay when it is disconnected, as in Docker.
        HashSet<string> aliases = [.. links.Select(link => link.Alias)];
        sandbox = sandbox.WithLinks(
        [
            .. (sandbox.Links ?? []).Where(link => !aliases.Contains(link.Alias)),
            .. links.Select(link => new SandboxLink(TargetOf(draft.Edit.Now, sandbox, link.Target).Id, link.Alias)),
        ]);
        RequireEachAliasOnce(sandbox, sandbox.Links!.Select(link => link.Alias));
        draft.Edit.Put(sandbox);
        LinkTargets.RequireRunning(draft.Edit.Now, sandbox);
    }

    private static Sandbox TargetOf(ModelSnapshot model, Sandbox sandbox, string reference)
    {
        Sandbox target = Find(model, reference);
        while (target.SharesStackOf is { } id)
        {
            target = Find(model, id.Value);
        }

        return target.Mode == NetworkMode.Host ? throw HostConflict(sandbox)
            : target.Id == sandbox.Id ? throw Invalid($"container {sandbox.Name} cannot be linked to itself; leave the link out")
            : target;
    }

    // As in Docker, this is a wrong parameter: "not found" would be the answer for the container of the request itself.
    private static Sandbox Find(ModelSnapshot model, string reference)
    {
        try
        {
            return model.FindSandbox(reference);
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.NotFound)
        {
            throw Invalid($"could not get container for {reference}: {error.Message}");
        }
    }

    private static void RequireEachAliasOnce(Sandbox sandbox, IEnumerable<string> aliases)
    {
        if (aliases.GroupBy(alias => alias, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Invalid($"two links of container {sandbox.Name} have the alias {twice.Key}; give each another");
        }
    }

    private static CnmException HostConflict(Sandbox sandbox) => Invalid(
        "conflicting options: host type networking can't be used with links. This would result in undefined behavior; leave the link of "
            + $"container {sandbox.Name} out, or choose another network");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
