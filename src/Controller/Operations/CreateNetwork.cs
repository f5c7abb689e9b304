using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Controller.Choices;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Creates a network: reads the options of its driver and chooses its subnets.</summary>
internal sealed class CreateNetwork(NetworkCreateRequest request, DriverDirectory drivers, TimeProvider time) : IOperation<NetworkCreated>
{
    /// <summary>Names that users cannot give: those of the predefined networks, and Docker's name for the default one.</summary>
    private static readonly string[] ReservedNames = ["bridge", "host", "none", "default"];

    /// <summary>Whether this is a predefined network, for which the rules for users' networks do not hold.</summary>
    public bool IsPredefined { get; init; }

    /// <summary>Whether a predefined network leaves the subnet alone that its link has from a network before: containers are on it of which
    /// nothing is known.</summary>
    public bool AvoidsPresentSubnet { get; init; }

    /// <summary>The id that the network gets, unless it takes over that of a link that is there. Default: a new one.</summary>
    public NetworkId Id { get; init; } = NetworkId.New();

    /// <summary>What another program has decided about a network that it has made; null for one of the daemon's users.</summary>
    public ForeignNetwork? Foreign { get; init; }

    /// <summary>What of the network belongs to plug-ins; null for nothing. The plug-ins make it after this operation, and
    /// <see cref="AdvanceNetwork"/> follows.</summary>
    public PluggedNetwork? Plugged { get; init; }

    /// <summary>Which gateway addresses its plug-in does not need.</summary>
    public GatewaySkips Skips { get; init; } = GatewaySkips.None;

    /// <inheritdoc/>
    public async ValueTask<NetworkCreated> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        INetworkDriver driver = drivers.Of(request.Driver, Plugged);
        RequireName(draft.Edit.Now);
        RequireCreatable(driver);
        var network = new Network
        {
            Id = Id,
            Name = request.Name,
            Driver = request.Driver,
            Created = time.GetUtcNow(),
            Internal = request.Internal,
            Attachable = request.Attachable,
            EnableIPv4 = request.EnableIPv4 && driver.Capabilities.NeedsAddresses,
            EnableIPv6 = request.EnableIPv6 && driver.Capabilities.NeedsAddresses,
            EgressMtu = draft.Host.Facts.EgressMtu,
            IpamDriver = request.IpamDriver,
            IpamOptions = request.IpamOptions.Count > 0 ? request.IpamOptions : null,
            Plugged = Plugged,
            Foreign = Foreign,
            Options = request.Options,
            Labels = request.Labels,
            IsPredefined = IsPredefined,
        };

        // Options are read before a subnet is taken, so that their errors are reported first.
        HostFacts facts = draft.Host.Facts;
        IDriverNetwork opened = drivers.Open(network, facts);
        string? link = opened.LinkName;
        RequireOwnLink(link, draft);
        SharedParentRule.Require(network, opened.SharedParent, draft.Edit.Now, drivers, facts);
        HostBridge? adopted = opened.FindAdopted();
        network = network with
        {
            WayOut = opened.WayOut,
            RouteMetric = opened.RouteMetric,
            AdoptsLink = adopted is not null,
            EgressMtu = adopted?.Mtu ?? facts.EgressMtu,
        };
        if (IsPredefined && link is not null && FindPresentOwner(link, draft) is { } present)
        {
            network = network with { Id = present };
            facts = facts with { Routes = [.. facts.Routes.Where(route => AvoidsPresentSubnet || route.Link != link)] };
        }

        if (Plugged is { HasDriver: true })
        {
            draft.FurtherCommands.Add($"# plug-in {request.Driver} makes network {request.Name}");
        }

        if (Plugged is { HasIpam: true })
        {
            draft.Edit.Put(network);
            return new NetworkCreated(network, []);
        }

        network = network with { Pools = await TakePoolsAsync(driver, network, opened, facts.Routes, draft, cancellationToken) };
        return new NetworkCreated(network, Put(network, drivers.Open(network, facts), draft));
    }

    /// <summary>Adds a network whose subnets are chosen to a draft, when the host allows it.</summary>
    /// <returns>The warnings about it.</returns>
    public static IReadOnlyList<string> Put(Network network, IDriverNetwork opened, Draft draft)
    {
        IReadOnlyList<string> warnings = opened.CheckNew();
        opened.CheckHostAddresses();
        draft.Edit.Put(network);
        return warnings;
    }

    /// <summary>The requests for the subnets of a network.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="routes">The host's routes.</param>
    /// <param name="adopted">What the bridge of another program says that the network stands on; null for none.</param>
    public static IEnumerable<PoolRequest> PoolsOf(
        NetworkCreateRequest request, IReadOnlyList<HostRoute> routes, AdoptedSubnet? adopted = null)
    {
        foreach (bool ipv6 in (bool[])[false, true])
        {
            if (ipv6 ? request.EnableIPv6 : request.EnableIPv4)
            {
                foreach (SubnetRequest given in request.Subnets.Where(s => s.IsIPv6 == ipv6).DefaultIfEmpty(new SubnetRequest()))
                {
                    SubnetRequest subnet = adopted?.Complete(given, ipv6, request.Name) ?? given;
                    yield return new PoolRequest
                    {
                        IPv6 = ipv6,
                        Subnet = subnet.Subnet,
                        Range = subnet.Range,
                        Gateway = subnet.Gateway,
                        AuxiliaryAddresses = subnet.AuxiliaryAddresses,
                        HostRoutes = routes,
                        Options = request.IpamOptions,
                        NetworkName = request.Name,
                    };
                }
            }
        }
    }

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);

    private void RequireName(ModelSnapshot model)
    {
        ObjectName.Require(request.Name, "network");
        if (!IsPredefined && ReservedNames.Contains(request.Name, StringComparer.Ordinal))
        {
            throw new CnmException(
                CnmErrorKind.Forbidden, $"operation is not permitted on predefined {request.Name} network; choose another name");
        }

        if (model.NetworkNames.ContainsKey(request.Name))
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"network with name {request.Name} already exists; remove it or choose another name");
        }
    }

    private void RequireCreatable(INetworkDriver driver)
    {
        if (!IsPredefined && !driver.Capabilities.UserCreatable)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"only one instance of \"{driver.Name}\" network is allowed, and it is there already; use another driver");
        }

        if (!driver.Capabilities.NeedsAddresses)
        {
            return;
        }

        if (!request.EnableIPv4 && !request.EnableIPv6)
        {
            throw Invalid($"network {request.Name} would have neither IPv4 nor IPv6; turn one of them on");
        }

        foreach (SubnetRequest subnet in request.Subnets.Where(s => s.IsIPv6 ? !request.EnableIPv6 : !request.EnableIPv4))
        {
            throw Invalid(subnet.IsIPv6
                ? $"subnet {subnet.Subnet} of network {request.Name} is an IPv6 one and IPv6 is off; add --ipv6"
                : $"subnet {subnet.Subnet} of network {request.Name} is an IPv4 one and IPv4 is off; leave out --ipv4=false");
        }

        if (!driver.Capabilities.SeveralSubnets && request.Subnets.GroupBy(s => s.IsIPv6).Any(family => family.Count() > 1))
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"network {request.Name} cannot have several subnets of one family; give one IPv4 and one IPv6 subnet at most");
        }
    }

    // The network of an earlier model, which was lost, that the link is from. What is there already is right for the new one if it has the
    // same id: the link's address, which follows from it, and the tags of the rules.
    private static NetworkId? FindPresentOwner(string link, Draft draft)
    {
        string? tag = draft.Host.Facts.OwnRoutes.FirstOrDefault(own => own.Route.Link == link)?.Tag;
        return NetworkId.TryParse(tag, out NetworkId id) && !draft.Edit.Now.NetworksById.ContainsKey(id) ? id : null;
    }

    private void RequireOwnLink(string? link, Draft draft)
    {
        if (link is null)
        {
            return;
        }

        foreach (Network other in draft.Edit.Now.NetworksById.Values)
        {
            if (LinkNameOf(other, draft) == link)
            {
                throw new CnmException(
                    CnmErrorKind.Forbidden,
                    $"network {request.Name} conflicts with network {other.Name}: both need the link {link} for "
                        + "themselves; choose another");
            }
        }
    }

    // A network that its driver cannot open now has no link, and keeps nobody from creating others.
    private string? LinkNameOf(Network other, Draft draft)
    {
        try
        {
            return drivers.Open(other, draft.Host.Facts).LinkName;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private async ValueTask<IReadOnlyList<AddressPool>> TakePoolsAsync(
        INetworkDriver driver,
        Network network,
        IDriverNetwork opened,
        IReadOnlyList<HostRoute> routes,
        Draft draft,
        CancellationToken cancellationToken)
    {
        AdoptedSubnet? adopted = network.AdoptsLink ? new AdoptedSubnet(opened.LinkName!, opened.HostAddresses) : null;
        var pools = new List<AddressPool>();
        foreach (PoolRequest pool in driver.Capabilities.NeedsAddresses ? PoolsOf(request, routes, adopted) : [])
        {
            PoolRequest wanted = pool with
            {
                NeedsGateway = network.WayOut != WayOut.Interface && network.Foreign is null && !Skips.Of(pool.IPv6),
                HostAddresses = [.. opened.HostAddresses.Select(own => own.Address.Address)],
            };
            AddressPool taken = FindReserved(wanted, draft.Edit.Now)
                ?? await draft.Reservations.TakePoolAsync(request.IpamDriver, wanted, cancellationToken);
            if (taken.Subnet.PrefixLength > 0)
            {
                pools.Add(adopted?.Mark(taken) ?? taken); // 0.0.0.0/0 stands for no subnet
            }
        }

        return pools;
    }

    // Another program reserves the subnets of its networks first; a second network of it cannot have the same one.
    private AddressPool? FindReserved(PoolRequest wanted, ModelSnapshot model)
    {
        if (Foreign is null || wanted.Subnet is not { } subnet)
        {
            return null;
        }

        ForeignNetworkRule.RequireFree(subnet, $"network {request.Name}", model);
        if (!model.HasForeignPool(subnet))
        {
            return null;
        }

        Network? other = model.Networks.FirstOrDefault(network => network.Pools.Any(pool => pool.Subnet == subnet));
        return other is not null
            ? throw new CnmException(
                CnmErrorKind.Conflict, $"network {request.Name}: subnet {subnet} is that of network {other.Name}; choose another")
            : new AddressPool { Subnet = subnet, Gateway = wanted.Gateway, AuxiliaryAddresses = wanted.AuxiliaryAddresses };
    }
}
