using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Links;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Rules;

namespace Net.Controller.Plans;

/// <summary>Derives desired state from the model and from what is known of the host, without I/O. The drivers describe their part; the
/// planner adds what spans several drivers.</summary>
/// <param name="drivers">The network drivers.</param>
/// <param name="paths">The paths of run-time files.</param>
/// <param name="resolver">The settings of the resolver that the daemon was given for all containers.</param>
/// <param name="hostGateways">The addresses that the daemon was given for <c>host-gateway</c>; empty for those of the default
/// network.</param>
internal sealed class Planner(
    DriverDirectory drivers, SandboxPaths paths, ResolverConfig resolver, IReadOnlyList<IPAddress> hostGateways)
{
    /// <summary>The desired state of everything in the model.</summary>
    public PlannedState PlanAll(ModelSnapshot model, HostView host) => PlanEverything(model, host, PlanSandbox);

    /// <summary>The desired state of all networks and endpoints: <see cref="PlanAll"/> without what belongs to sandboxes as a whole. All
    /// firewall policies and all links are in it.</summary>
    public PlannedState PlanLinksAndPolicies(ModelSnapshot model, HostView host) => PlanEverything(model, host, PlanEndpoints);

    /// <summary>The settings by which links of the host go on accepting router advertisements while the host forwards.</summary>
    public IEnumerable<SysctlObject> PlanAdvertisedLinks(ModelSnapshot model, HostView host) =>
        PlanAdopted(model, host).OfType<SysctlObject>().Where(setting => setting.Path.EndsWith("/accept_ra", StringComparison.Ordinal));

    /// <summary>The guards of the forwarding that this program has turned on, and the bridges of other programs that they leave
    /// alone.</summary>
    public IReadOnlyList<FirewallPolicy> PlanGuards(ModelSnapshot model, HostView host) =>
        [.. PlanAdopted(model, host).OfType<FirewallPolicy>().Where(policy => policy is ForwardingGuard or GuestBridge)];

    /// <summary>What a change of the model changes in desired state. An adopted setting stays when the network that needed it is removed. A
    /// forwarding guard that is active already is not added again, nor are the bridges that it leaves alone, since undoing a failed
    /// operation would then remove them.</summary>
    public StateChange Between(ModelChange change, HostView host)
    {
        IReadOnlySet<SandboxId> sandboxes = change.SandboxesToPlan();
        StateChange all = StateChange.Between(PlanOf(change.Before), PlanOf(change.After));
        return all with
        {
            Add = [.. all.Add.Where(o => !IsActive(o, host.Facts))],
            Remove = [.. all.Remove.Where(o => o.Ownership != Ownership.Adopted)],
        };

        IReadOnlyList<DesiredObject> PlanOf(ModelSnapshot model) => Distinct(
            change.Networks.SelectMany(id => PlanNetwork(model, id, host))
                .Concat(sandboxes.SelectMany(id => PlanSandbox(model, id, host, problems: null))));
    }

    /// <summary>The resolv.conf of every sandbox: what of <see cref="PlanAll"/> follows from the host's resolv.conf.</summary>
    public IReadOnlyList<SandboxFile> PlanResolverFiles(ModelSnapshot model, HostView host) =>
        [.. model.Sandboxes.Where(sandbox => sandbox.HasOwnStack).Select(sandbox => ResolverFileOf(model, sandbox, host))];

    /// <summary>The endpoints that carry a sandbox's published ports.</summary>
    public PortCarriers PortCarriers(ModelSnapshot model, SandboxId sandbox)
    {
        (Endpoint Endpoint, Network Network)[] endpoints =
        [
            .. model.EndpointsOf(sandbox).Select(e => (e, model[e.Network]))
                .Where(entry => drivers.Of(entry.Item2).Capabilities.CanPublish),
        ];
        return new PortCarriers(Carrier(ipv6: false), Carrier(ipv6: true));

        Endpoint? Carrier(bool ipv6) => DefaultRoutes.Holder(endpoints, ipv6)?.Endpoint;
    }

    private PlannedState PlanEverything(
        ModelSnapshot model,
        HostView host,
        Func<ModelSnapshot, SandboxId, HostView, ICollection<string>?, IEnumerable<DesiredObject>> planSandbox)
    {
        List<string> problems = [];
        List<DesiredObject> objects = [];
        foreach (Network network in model.Networks)
        {
            objects.AddRange(Try(problems, $"network {network.Name}", () => PlanNetwork(model, network.Id, host)));
        }

        foreach (Sandbox sandbox in model.Sandboxes)
        {
            objects.AddRange(Try(problems, $"container {sandbox.Name}", () => planSandbox(model, sandbox.Id, host, problems)));
        }

        return new PlannedState(Distinct(objects), [.. problems.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Plans a part. What fails is a problem and the part is left out; without a list of problems the error is thrown.</summary>
    private static IReadOnlyList<DesiredObject> Try(ICollection<string>? problems, string what, Func<IEnumerable<DesiredObject>> plan)
    {
        try
        {
            return [.. plan()];
        }
        catch (Exception error) when (problems is not null)
        {
            problems.Add(
                error is CnmException ? error.Message : $"{what} cannot be planned: an unexpected {error.GetType().Name}: {error.Message}");
            return [];
        }
    }

    private List<DesiredObject> PlanAdopted(ModelSnapshot model, HostView host) =>
        Distinct(model.NetworksById.Keys.SelectMany(id => PlanNetwork(model, id, host)).Where(o => o.Ownership == Ownership.Adopted));

    private IReadOnlyList<DesiredObject> PlanNetwork(ModelSnapshot model, NetworkId id, HostView host) =>
        model.NetworksById.TryGetValue(id, out Network? network) && network.IsSettled ? drivers.Open(network, host.Facts).Describe() : [];

    private IEnumerable<DesiredObject> PlanSandbox(ModelSnapshot model, SandboxId id, HostView host, ICollection<string>? problems)
    {
        if (!model.SandboxesById.TryGetValue(id, out Sandbox? sandbox) || !sandbox.HasOwnStack)
        {
            if (sandbox is { HasNetworkStack: true, Mode: NetworkMode.Host, ExtraHosts: not null })
            {
                yield return HostsOf(model, sandbox, host);
            }

            foreach (DesiredObject desired in sandbox is { HasEndpointLinks: true } ? PlanEndpoints(model, id, host, problems) : [])
            {
                yield return desired;
            }

            yield break;
        }

        OwnerId owner = OwnerId.Of(id);
        NamespaceRef place = paths.NamespaceOf(sandbox);
        foreach (DesiredObject desired in NamespaceOf(sandbox, owner, place))
        {
            yield return desired;
        }

        foreach (DesiredObject desired in PlanEndpoints(model, id, host, problems))
        {
            yield return desired;
        }

        IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints = [.. model.EndpointsOf(id).Select(e => (e, model[e.Network]))];
        foreach (RouteObject route in DefaultRoutes.Describe(owner, place, endpoints))
        {
            yield return route with { Yields = sandbox.Adopts is not null };
        }

        yield return HostsOf(model, sandbox, host);
        yield return ResolverFileOf(model, sandbox, host);
        yield return File(sandbox, "hostname", sandbox.HostName + "\n");

        if (sandbox.ResolverPort is { } port && endpoints.Any(e => EndpointNames.AreServedOn(e.Network)))
        {
            yield return new ResolverListener { Owner = owner, Sandbox = id, Namespace = place, Port = port };
        }
    }

    private IEnumerable<DesiredObject> NamespaceOf(Sandbox sandbox, OwnerId owner, NamespaceRef place)
    {
        if (sandbox.Adopts is not { HasName: true })
        {
            yield return new NamespaceName { Owner = owner, Name = sandbox.Name, Namespace = place, Target = paths.NamespaceLink(sandbox) };
        }

        if (sandbox.Adopts is { } source)
        {
            yield return new AdoptedNamespace
            {
                Owner = owner,
                Namespace = place,
                Source = source.Path,
                StartTicks = source.StartTicks,
            };
            yield break;
        }

        yield return new NamespaceObject { Owner = owner, Namespace = place };
        foreach (SysctlObject setting in SandboxSettings.Of(sandbox, owner, place))
        {
            yield return setting;
        }
    }

    private IEnumerable<DesiredObject> PlanEndpoints(ModelSnapshot model, SandboxId id, HostView host, ICollection<string>? problems)
    {
        Sandbox sandbox = model[id];
        if (!sandbox.HasEndpointLinks)
        {
            return [];
        }

        PortCarriers carriers = PortCarriers(model, id);
        NamespaceRef place = paths.NamespaceOf(sandbox);
        (Endpoint Endpoint, Network Network)[] endpoints =
            [.. model.EndpointsOf(id).Where(e => e.IsSettled).Select(e => (e, model[e.Network]))];
        IReadOnlyList<DesiredObject> described =
            StaticRoutes.OneForEach(HeldPorts.Join([.. endpoints.SelectMany(entry => Try(
                problems,
                $"endpoint of container {sandbox.Name} on network {entry.Network.Name}",
                () => Describe(entry.Endpoint, entry.Network)))]));
        return
        [
            .. described, .. CrossNetworkPolicies.Describe(described, endpoints), .. LinkPolicies.Describe(model, sandbox, described),
        ];

        IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, Network network)
        {
            IDriverNetwork driver = drivers.Open(network, host.Facts);
            IReadOnlyList<PortMapping> published = carriers.PortsOf(endpoint, sandbox.Ports);
            IReadOnlyList<DesiredObject> joined = EndpointExtras.Join(
                driver.Describe(endpoint, place, [.. published, .. RoutedPorts.Of(driver, endpoint, carriers, sandbox.Ports)]),
                endpoint,
                place);
            return sandbox.StackSource == StackSource.Foreign ? ForeignEndpoints.HostSideOf(joined, endpoint, place) : joined;
        }
    }

    /// <summary>Whether it is part of a guard that is active already.</summary>
    private static bool IsActive(DesiredObject desired, HostFacts facts) => desired switch
    {
        ForwardingGuard { IPv6: false } => facts.IPv4Forwarding == ForwardingState.OnByUs,
        ForwardingGuard => facts.IPv6Forwarding == ForwardingState.OnByUs,
        GuestBridge => facts is { IPv4Forwarding: ForwardingState.OnByUs } or { IPv6Forwarding: ForwardingState.OnByUs },
        _ => false,
    };

    private SandboxFile ResolverFileOf(ModelSnapshot model, Sandbox sandbox, HostView host)
    {
        string text = ResolverFile.For(
            [.. model.EndpointsOf(sandbox.Id).Select(e => model[e.Network])],
            host.Resolver,
            SandboxOverrides.Of(sandbox.Resolver, resolver));
        return File(sandbox, "resolv.conf", text) with { KeepsEdits = true };
    }

    private SandboxFile HostsOf(ModelSnapshot model, Sandbox sandbox, HostView host)
    {
        string hosts = HostsFile.For(
            sandbox,
            model.EndpointsOf(sandbox.Id),
            HostGatewayRule.AddressesOf(hostGateways, model),
            host.Facts.IPv6Available,
            LinkHosts.LinesOf(model, sandbox));
        return File(sandbox, "hosts", hosts) with { IsShared = true };
    }

    private SandboxFile File(Sandbox sandbox, string name, string content) =>
        new() { Owner = OwnerId.Of(sandbox.Id), Path = paths.FilePath(sandbox, name), Content = content };

    /// <summary>Removes duplicates: several networks may adopt one setting of the host, and need the same value.</summary>
    private static List<DesiredObject> Distinct(IEnumerable<DesiredObject> objects)
    {
        var adopted = new HashSet<string>(StringComparer.Ordinal);
        return [.. objects.Where(o => o.Ownership != Ownership.Adopted || adopted.Add(o.Key))];
    }
}
