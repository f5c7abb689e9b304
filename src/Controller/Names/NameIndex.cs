using System.Collections.Immutable;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Names;

/// <summary>The names on every network that has names, and who sees which: a look-up costs the same with one container and with a thousand.</summary>
internal sealed class NameIndex
{
    private readonly ImmutableDictionary<NetworkId, NetworkNames> _networks;
    private readonly ImmutableDictionary<SandboxId, SandboxView> _askers;

    private NameIndex(ImmutableDictionary<NetworkId, NetworkNames> networks, ImmutableDictionary<SandboxId, SandboxView> askers)
    {
        _networks = networks;
        _askers = askers;
    }

    public static NameIndex Empty { get; } = new(ImmutableDictionary<NetworkId, NetworkNames>.Empty, ImmutableDictionary<SandboxId, SandboxView>.Empty);

    /// <summary>The names of a network: none for one that has no names.</summary>
    public NetworkNames On(NetworkId network) => _networks.GetValueOrDefault(network, NetworkNames.Empty);

    /// <summary>What a sandbox sees; null for one that is on no network with names.</summary>
    public SandboxView? ViewOf(SandboxId asker) => _askers.GetValueOrDefault(asker);

    public NameIndex With(Endpoint endpoint, Sandbox sandbox, Network network) =>
        IsListed(sandbox, network) ? With(network.Id, On(network.Id).With(endpoint, sandbox, network)) : this;

    public NameIndex Without(Endpoint endpoint, Sandbox sandbox, Network network) =>
        IsListed(sandbox, network) ? With(network.Id, On(network.Id).Without(endpoint, sandbox, network)) : this;

    /// <summary>Takes note of the networks that a sandbox is on now.</summary>
    public NameIndex WithView(ModelSnapshot model, SandboxId asker) =>
        new(_networks, SandboxView.Of(model, asker) is { } view ? _askers.SetItem(asker, view) : _askers.Remove(asker));

    private NameIndex With(NetworkId network, NetworkNames names) =>
        new(names.IsEmpty ? _networks.Remove(network) : _networks.SetItem(network, names), _askers);

    private static bool IsListed(Sandbox sandbox, Network network) => EndpointNames.AreServedOn(network) && sandbox.HasNetworkStack;
}
