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
/// <remarks>For one thread at a time. Nothing of the model is kept between two questions but the sandbox's own view: each sandbox would
/// keep another old model.</remarks>
internal sealed class SandboxNames(CnmModel model, SandboxId sandbox) : INameSource
{
    private SandboxView? _view;

    /// <inheritdoc/>
    public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses)
    {
        if (Find(out NameIndex index) is not { } view)
        {
            return NameLookup.NotLocal;
        }

        bool isPrivate = view.TryFindPrivate(name, out ImmutableArray<(NetworkId Network, DnsName Target)> targets);
        if (isPrivate && AddTargets(index, targets, family, addresses))
        {
            return NameLookup.Known;
        }

        NameLookup inZone = HostZone.Lookup(name);
        if (inZone == NameLookup.Known && (name == HostZone.Host || name == HostZone.Gateway))
        {
            AddAll(name == HostZone.Host ? view.HostAddresses : view.GatewayAddresses, family, addresses);
            return NameLookup.Known;
        }

        return AddHolders(index, view, name, family, addresses) || isPrivate ? NameLookup.Known : inZone;
    }

    /// <inheritdoc/>
    public bool TryLookupPointer(DnsName reverseName, List<DnsName> names)
    {
        bool found = false;
        foreach (NetworkId network in Find(out NameIndex index)?.Networks ?? [])
        {
            if (index.On(network).TryFindPointer(reverseName, out DnsName name))
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

    // While the sandbox is leaving its last network with names, its resolver is about to be removed. Until then it sees what is published,
    // and after that has its last view: names that are not local would be forwarded, which would tell them to others.
    private SandboxView? Find(out NameIndex index)
    {
        index = model.Latest.Names;
        if (index.ViewOf(sandbox) is { } view)
        {
            return _view = view;
        }

        index = model.Current.Names;
        return _view = index.ViewOf(sandbox) ?? _view;
    }

    // False when no target is on its network: then the name may still be one on a network.
    private static bool AddTargets(
        NameIndex index, ImmutableArray<(NetworkId Network, DnsName Target)> targets, AddressFamily family, List<IPAddress> addresses)
    {
        bool found = false;
        foreach ((NetworkId network, DnsName target) in targets)
        {
            if (index.On(network).TryFind(target, out ImmutableArray<Endpoint> holders))
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

    private static bool AddHolders(
        NameIndex index, SandboxView view, DnsName name, AddressFamily family, List<IPAddress> addresses)
    {
        bool found = false;
        foreach (NetworkId network in view.Networks)
        {
            if (!index.On(network).TryFind(name, out ImmutableArray<Endpoint> holders))
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
