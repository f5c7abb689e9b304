using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Links;

/// <summary>Links on networks with DNS names: a name that the linking sandbox alone resolves. As in Docker, whom it leads to is looked up
/// when it is asked for, so the target need not be there yet.</summary>
internal static class PrivateLinks
{
    private const int IdLength = 64;
    private const int ShortLength = 12;

    /// <summary>Gives the endpoint of a sandbox on a network the links that were asked for.</summary>
    public static void Add(Draft draft, Sandbox sandbox, Network network, IReadOnlyList<LinkSpec> links)
    {
        ModelSnapshot model = draft.Edit.Now;
        Endpoint endpoint = model.EndpointsOf(sandbox.Id).First(e => e.Network == network.Id);
        draft.Edit.Put(endpoint with
        {
            PrivateNames = [.. links.Select(link => new PrivateName(link.Alias, NameOf(model, network, link.Target)))],
        });
    }

    /// <summary>Has the links to a sandbox that was given another name go on leading to it. Docker lets them go.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="target">The sandbox with its new name.</param>
    /// <param name="before">The name that it had.</param>
    public static void Follow(Draft draft, Sandbox target, string before)
    {
        ModelSnapshot model = draft.Edit.Now;
        IEnumerable<Endpoint> neighbours = model.EndpointsOf(target.Id).SelectMany(own => model.EndpointsOf(own.Network));
        foreach (Endpoint endpoint in neighbours.Where(e => e.PrivateNames.Any(link => link.Target == before)))
        {
            draft.Edit.Put(endpoint with
            {
                PrivateNames = [.. endpoint.PrivateNames.Select(link => link.Target == before ? link with { Target = target.Name } : link)],
            });
        }
    }

    // Of an id, the network knows the first 12 digits. The name of another link stands for what that one leads to.
    private static string NameOf(ModelSnapshot model, Network network, string reference) =>
        reference.Length == IdLength && reference.All(char.IsAsciiHexDigitLower) ? reference[..ShortLength]
        : LinkNames.Split(reference) is var (owner, alias) ? LinkNames.Find(model, reference)?.Name
            ?? Linked(model, network, owner, alias) ?? reference
        : reference;

    private static string? Linked(ModelSnapshot model, Network network, string owner, string alias) =>
        model.SandboxNames.TryGetValue(owner, out SandboxId id)
            ? model.EndpointsOf(id).FirstOrDefault(e => e.Network == network.Id)?.PrivateNames
                .FirstOrDefault(link => link.Name == alias)?.Target
            : null;
}
