using System.Collections.Immutable;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Names;

/// <summary>The names on every network that has names, and the view of every sandbox. A look-up costs the same with one container and with
/// a thousand.</summary>
/// <remarks>Immutable; part of a <see cref="ModelSnapshot"/>.</remarks>
internal sealed class NameIndex
{
    private readonly ImmutableDictionary<NetworkId, NetworkNames> _networks;
    private readonly ImmutableDictionary<SandboxId, SandboxView> _views;

    private NameIndex(ImmutableDictionary<NetworkId, NetworkNames> networks, ImmutableDictionary<SandboxId, SandboxView> views)
    {
        _networks = networks;
        _views = views;
    }

    /// <summary>The index without any name.</summary>
    public static NameIndex Empty { get; } =
        new(ImmutableDictionary<NetworkId, NetworkNames>.Empty, ImmutableDictionary<SandboxId, SandboxView>.Empty);

    /// <summary>The names on a network; empty for a network without names.</summary>
    public NetworkNames On(NetworkId network) => _networks.GetValueOrDefault(network, NetworkNames.Empty);

    /// <summary>The view of a sandbox; null for one that is on no network with names.</summary>
    public SandboxView? ViewOf(SandboxId sandbox) => _views.GetValueOrDefault(sandbox);

    /// <summary>Adds the names of an endpoint.</summary>
    public NameIndex With(Endpoint endpoint, Sandbox sandbox, Network network) =>
        IsListed(sandbox, network) ? With(network.Id, On(network.Id).With(endpoint, sandbox, network)) : this;

    /// <summary>Removes the names of an endpoint.</summary>
    public NameIndex Without(Endpoint endpoint, Sandbox sandbox, Network network) =>
        IsListed(sandbox, network) ? With(network.Id, On(network.Id).Without(endpoint, sandbox, network)) : this;

    /// <summary>Computes the view of a sandbox anew, after its endpoints have changed.</summary>
    public NameIndex WithView(ModelSnapshot model, SandboxId sandbox) =>
        new(_networks, SandboxView.Of(model, sandbox) is { } view ? _views.SetItem(sandbox, view) : _views.Remove(sandbox));

    private NameIndex With(NetworkId network, NetworkNames names) =>
        new(names.IsEmpty ? _networks.Remove(network) : _networks.SetItem(network, names), _views);

    private static bool IsListed(Sandbox sandbox, Network network) => EndpointNames.AreServedOn(network) && sandbox.HasNetworkStack;
}
