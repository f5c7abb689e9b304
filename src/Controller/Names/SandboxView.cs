using System.Collections.Immutable;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>What one sandbox sees besides the names on its networks: which networks these are, its private names, and the addresses of host
/// and gateway.</summary>
/// <remarks>Immutable; computed when the sandbox's endpoints change.</remarks>
internal sealed class SandboxView
{
    private readonly ImmutableDictionary<DnsName, ImmutableArray<(NetworkId Network, DnsName Target)>> _privateNames;

    private SandboxView(IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints)
    {
        Networks = [.. endpoints.Where(e => EndpointNames.AreServedOn(e.Network)).Select(e => e.Network.Id)];
        _privateNames = PrivateNamesOf(endpoints);
        HostAddresses = FirstOfEachFamily(endpoints);
        GatewayAddresses =
        [
            .. ((bool[])[false, true]).Select(ipv6 => DefaultRoutes.Holder(endpoints, ipv6) is (Endpoint endpoint, Network network)
                ? DefaultRoutes.Gateway(network, endpoint, ipv6)
                : null).OfType<IPAddress>(),
        ];
    }

    /// <summary>The networks with names, in the order of connection.</summary>
    public ImmutableArray<NetworkId> Networks { get; }

    /// <summary>The host's addresses as the sandbox reaches them, at most one a family: the gateway of the first network that has
    /// one.</summary>
    public ImmutableArray<IPAddress> HostAddresses { get; }

    /// <summary>The gateways of the default routes, at most one a family.</summary>
    public ImmutableArray<IPAddress> GatewayAddresses { get; }

    /// <summary>The view of a sandbox; null when it is on no network with names, and so has no resolver.</summary>
    public static SandboxView? Of(ModelSnapshot model, SandboxId sandbox)
    {
        (Endpoint, Network)[] endpoints = [.. model.EndpointsOf(sandbox).Select(e => (e, model[e.Network]))];
        var view = new SandboxView(endpoints);
        return view.Networks.IsEmpty ? null : view;
    }

    /// <summary>Finds the names that a private name, which only this sandbox resolves, stands for, each with the network whose name it
    /// is.</summary>
    /// <returns>False when the name is no private name.</returns>
    public bool TryFindPrivate(DnsName name, out ImmutableArray<(NetworkId Network, DnsName Target)> targets)
    {
        targets = [];
        return !_privateNames.IsEmpty && _privateNames.TryGetValue(name, out targets);
    }

    private static ImmutableDictionary<DnsName, ImmutableArray<(NetworkId Network, DnsName Target)>> PrivateNamesOf(
        IEnumerable<(Endpoint Endpoint, Network Network)> endpoints) => endpoints
        .Where(e => EndpointNames.AreServedOn(e.Network))
        .SelectMany(e => e.Endpoint.PrivateNames, static (e, name) => (e.Network, Private: name))
        .SelectMany(
            e => QualifiedName.FormsOf(e.Private.Name, e.Network.Name),
            static (e, form) => (Form: form, Network: e.Network.Id, e.Private.Target))
        .GroupBy(pair => pair.Form, pair => (pair.Network, pair.Target))
        .ToImmutableDictionary(group => group.Key, group => Parse(group.Distinct()));

    // A target that is no DNS name is nobody's.
    private static ImmutableArray<(NetworkId Network, DnsName Target)> Parse(IEnumerable<(NetworkId Network, string Target)> targets)
    {
        ImmutableArray<(NetworkId Network, DnsName Target)>.Builder parsed =
            ImmutableArray.CreateBuilder<(NetworkId Network, DnsName Target)>();
        foreach ((NetworkId network, string target) in targets)
        {
            if (DnsName.TryParse(target, out DnsName name))
            {
                parsed.Add((network, name));
            }
        }

        return parsed.ToImmutable();
    }

    private static ImmutableArray<IPAddress> FirstOfEachFamily(IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints)
    {
        return [.. ((IPAddress?[])[First(ipv6: false), First(ipv6: true)]).OfType<IPAddress>()];

        IPAddress? First(bool ipv6) => endpoints.Select(e => Gateway(e.Endpoint, e.Network, ipv6)).FirstOrDefault(a => a is not null);
    }

    // Internal networks count too: from there nothing beyond the host can be reached, but the host itself can.
    private static IPAddress? Gateway(Endpoint endpoint, Network network, bool ipv6)
    {
        InterfaceAddress? own = ipv6 ? endpoint.IPv6 : endpoint.IPv4;
        return own is null ? null : network.PoolOf(own.Address)?.Gateway;
    }
}
