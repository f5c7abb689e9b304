using System.Collections.Immutable;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Links;

/// <summary>Which sandboxes have links to a sandbox, so that a change of one sandbox finds those that see it.</summary>
/// <remarks>Immutable; part of a <see cref="Models.ModelSnapshot"/>.</remarks>
internal sealed class LinkIndex
{
    private readonly ImmutableDictionary<SandboxId, ImmutableHashSet<SandboxId>> _clients;

    private LinkIndex(ImmutableDictionary<SandboxId, ImmutableHashSet<SandboxId>> clients) => _clients = clients;

    /// <summary>The index without any link.</summary>
    public static LinkIndex Empty { get; } = new(ImmutableDictionary<SandboxId, ImmutableHashSet<SandboxId>>.Empty);

    /// <summary>The sandboxes that have at least one link to a sandbox.</summary>
    public ImmutableHashSet<SandboxId> ClientsOf(SandboxId target) => _clients.GetValueOrDefault(target, []);

    /// <summary>Replaces the links of a sandbox.</summary>
    /// <param name="before">The sandbox before; null when it is new.</param>
    /// <param name="after">The sandbox after; null when it is removed.</param>
    public LinkIndex Replace(Sandbox? before, Sandbox? after)
    {
        if (ReferenceEquals(before?.Links, after?.Links))
        {
            return this;
        }

        ImmutableDictionary<SandboxId, ImmutableHashSet<SandboxId>> clients = _clients;
        foreach (SandboxLink link in before?.Links ?? [])
        {
            ImmutableHashSet<SandboxId> rest = clients.GetValueOrDefault(link.Target, []).Remove(before!.Id);
            clients = rest.IsEmpty ? clients.Remove(link.Target) : clients.SetItem(link.Target, rest);
        }

        foreach (SandboxLink link in after?.Links ?? [])
        {
            clients = clients.SetItem(link.Target, clients.GetValueOrDefault(link.Target, []).Add(after!.Id));
        }

        return new LinkIndex(clients);
    }
}
