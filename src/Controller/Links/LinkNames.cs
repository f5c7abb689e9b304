using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Links;

/// <summary>The names that links give to sandboxes, as Docker shows and understands them: <c>web/db</c> is what container web knows as
/// db.</summary>
public static class LinkNames
{
    /// <summary>The names that links of others give to a sandbox, ordered, each in the form <c>/web/db</c>.</summary>
    public static IReadOnlyList<string> Of(ModelSnapshot model, Sandbox target) =>
    [
        .. (from id in model.Links.ClientsOf(target.Id)
            let client = model[id]
            from link in client.Links ?? []
            where link.Target == target.Id
            select $"/{client.Name}/{link.Alias}").Order(StringComparer.Ordinal),
    ];

    /// <summary>The links of a sandbox on the default network, each <c>/db:/web/db</c>; null for none.</summary>
    public static IReadOnlyList<string>? LinksOf(ModelSnapshot model, Sandbox sandbox) => sandbox.Links is { } links
        ?
        [
            .. from link in links
               let target = model.Find(link.Target)
               where target is not null
               select $"/{target.Name}:/{sandbox.Name}/{link.Alias}",
        ]
        : null;

    /// <summary>The links of a sandbox on the network of one of its endpoints, each <c>db:alias</c>; null for none.</summary>
    public static IReadOnlyList<string>? LinksOf(ModelSnapshot model, Sandbox sandbox, Endpoint endpoint)
    {
        string[] links =
        [
            .. model[endpoint.Network].IsDefaultBridge
                ? from link in sandbox.Links ?? []
                  let target = model.Find(link.Target)
                  where target is not null
                  select $"{target.Name}:{link.Alias}"
                : endpoint.PrivateNames.Select(link => $"{link.Target}:{link.Name}"),
        ];
        return links.Length == 0 ? null : links;
    }

    /// <summary>Finds the sandbox that a link's name stands for; null when there is no such link, or when the reference is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reference">The name, without a slash in front.</param>
    internal static Sandbox? Find(ModelSnapshot model, string reference) =>
        Split(reference) is var (owner, alias)
            && model.SandboxNames.TryGetValue(owner, out SandboxId id)
            && model[id].Links?.FirstOrDefault(link => link.Alias == alias) is { } named
                ? model.Find(named.Target)
                : null;

    /// <summary>The two parts of a link's name: the linking sandbox and the alias. Null for another reference; no name and no id has a
    /// slash.</summary>
    internal static (string Owner, string Alias)? Split(string reference) =>
        reference.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } alias] ? (owner, alias) : null;
}
