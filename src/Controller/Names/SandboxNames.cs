using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Models;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The names that one sandbox sees, read from the live model: its private names, those of the host's domain, and those on its user
/// networks.</summary>
/// <remarks>For one thread at a time. The sandbox's networks are looked up again only after names have changed, and into the same
/// list.</remarks>
internal sealed class SandboxNames(CnmModel model, SandboxId sandbox) : INameSource
{
    private readonly List<NetworkNames> _networks = [];
    private NameIndex _index = NameIndex.Empty;
    private SandboxView? _view;

    /// <inheritdoc/>
    public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses)
    {
        Refresh();
        if (_view is null)
        {
            return NameLookup.NotLocal;
        }

        bool isPrivate = _view.TryFindPrivate(name, out ImmutableArray<(NetworkId Network, DnsName Target)> targets);
        if (isPrivate && AddTargets(targets, family, addresses))
        {
            return NameLookup.Known;
        }

        NameLookup inZone = HostZone.Lookup(name);
        if (inZone == NameLookup.Known && (name == HostZone.Host || name == HostZone.Gateway))
        {
            AddAll(name == HostZone.Host ? _view.HostAddresses : _view.GatewayAddresses, family, addresses);
            return NameLookup.Known;
        }

        return AddHolders(name, family, addresses) || isPrivate ? NameLookup.Known : inZone;
    }

    /// <inheritdoc/>
    public bool TryLookupPointer(DnsName reverseName, List<DnsName> names)
    {
        Refresh();
        bool found = false;
        foreach (NetworkNames network in _networks)
        {
            if (network.TryFindPointer(reverseName, out DnsName name))
            {
                names.Add(name);
                found = true;
            }
        }

        return found;
    }

    private static void AddAll(ImmutableArray<IPAddress> all, AddressFamily family, List<IPAddress> addresses)
    {
        foreach (IPAddress address in all)
        {
            if (address.AddressFamily == family)
            {
                addresses.Add(address);
            }
        }
    }

    private void Refresh()
    {
        NameIndex index = model.Latest.Names;
        if (ReferenceEquals(index, _index))
        {
            return;
        }

        SandboxView? view = index.ViewOf(sandbox);
        if (view is null && _view is not null)
        {
            // The sandbox has left its last network with names, and its resolver is about to be removed. Until then the names stay: as
            // names that are not local they would be forwarded, which would tell them to others.
            return;
        }

        _index = index;
        _view = view;
        _networks.Clear();
        foreach (NetworkId network in _view?.Networks ?? [])
        {
            _networks.Add(index.On(network));
        }
    }

    // False when no target is on its network: then the name may still be one on a network.
    private bool AddTargets(ImmutableArray<(NetworkId Network, DnsName Target)> targets, AddressFamily family, List<IPAddress> addresses)
    {
        bool found = false;
        foreach ((NetworkId network, DnsName target) in targets)
        {
            if (_index.On(network).TryFind(target, out ImmutableArray<Endpoint> holders))
            {
                found = true;
                foreach (Endpoint holder in holders)
                {
                    if (NetworkNames.AddressOf(holder, family) is { } address)
                    {
                        addresses.Add(address);
                    }
                }
            }
        }

        return found;
    }

    private bool AddHolders(DnsName name, AddressFamily family, List<IPAddress> addresses)
    {
        bool found = false;
        foreach (NetworkNames network in _networks)
        {
            if (!network.TryFind(name, out ImmutableArray<Endpoint> holders))
            {
                continue;
            }

            // Addresses are unique on one network; two networks of different drivers may have the same ones.
            found = true;
            int earlier = addresses.Count;
            foreach (Endpoint holder in holders)
            {
                if (NetworkNames.AddressOf(holder, family) is { } address && addresses.IndexOf(address, 0, earlier) < 0)
                {
                    addresses.Add(address);
                }
            }
        }

        return found;
    }
}
