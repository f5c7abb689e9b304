using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Names;

namespace Net.Controller.Plans;

/// <summary>Says what should exist, from the model and what is known of the host. Pure: the drivers describe their part, this adds what spans them.</summary>
/// <param name="dnsServers">The DNS servers that the daemon was given for all containers; none: the host's.</param>
internal sealed class Planner(DriverTable drivers, SandboxPaths paths, IReadOnlyList<IPAddress> dnsServers)
{
    /// <summary>What should exist for everything in the model.</summary>
    public IReadOnlyList<DesiredObject> PlanAll(ModelSnapshot model, HostView host) => Distinct(
        model.NetworksById.Keys.SelectMany(id => PlanNetwork(model, id, host))
            .Concat(model.SandboxesById.Keys.SelectMany(id => PlanSandbox(model, id, host))));

    /// <summary>All of <see cref="PlanAll"/> that is the firewall's.</summary>
    public IReadOnlyList<FirewallPolicy> FirewallPolicies(ModelSnapshot model, HostView host) =>
    [
        .. Distinct(model.NetworksById.Keys.SelectMany(id => PlanNetwork(model, id, host))
            .Concat(model.SandboxesById.Keys.SelectMany(id => PlanEndpoints(model, id, host)))).OfType<FirewallPolicy>(),
    ];

    /// <summary>What a change of the model changes about desired state. What the host adopted stays when the network that wanted it goes; a guard that stands
    /// is not put up again, since a failure would then take it down.</summary>
    public StateChange Between(ModelChange change, HostView host)
    {
        IReadOnlySet<SandboxId> sandboxes = change.SandboxesToPlan();
        StateChange all = StateChange.Between(PlanOf(change.Before), PlanOf(change.After));
        return all with
        {
            Add = [.. all.Add.Where(o => o is not ForwardingGuard guard || !Stands(guard, host.Facts))],
            Remove = [.. all.Remove.Where(o => o.Ownership != Ownership.Adopted)],
        };

        IReadOnlyList<DesiredObject> PlanOf(ModelSnapshot model) => Distinct(
            change.Networks.SelectMany(id => PlanNetwork(model, id, host)).Concat(sandboxes.SelectMany(id => PlanSandbox(model, id, host))));
    }

    /// <summary>The endpoints that carry a sandbox's published ports.</summary>
    public PortCarriers PortCarriers(ModelSnapshot model, SandboxId sandbox)
    {
        IReadOnlyList<Endpoint> endpoints = model.EndpointsOf(sandbox);
        return new PortCarriers(Carrier(ipv6: false), Carrier(ipv6: true));

        Endpoint? Carrier(bool ipv6) => endpoints.FirstOrDefault(e =>
            DefaultRoutes.Gateway(e, model[e.Network], ipv6) is not null && drivers.Require(model[e.Network].Driver).Capabilities.CanPublish);
    }

    private IReadOnlyList<DesiredObject> PlanNetwork(ModelSnapshot model, NetworkId id, HostView host) =>
        model.NetworksById.TryGetValue(id, out Network? network) ? drivers.Open(network, host.Facts).Describe() : [];

    private IEnumerable<DesiredObject> PlanSandbox(ModelSnapshot model, SandboxId id, HostView host)
    {
        if (!model.SandboxesById.TryGetValue(id, out Sandbox? sandbox) || !HasOwnStack(sandbox))
        {
            yield break;
        }

        OwnerId owner = OwnerId.Of(id);
        NamespaceRef place = paths.NamespaceOf(sandbox);
        yield return new NamespaceObject { Owner = owner, Namespace = place };
        yield return new NamespaceName { Owner = owner, Namespace = place };

        foreach (DesiredObject wanted in PlanEndpoints(model, id, host))
        {
            yield return wanted;
        }

        IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints = [.. model.EndpointsOf(id).Select(e => (e, model[e.Network]))];
        foreach (RouteObject route in DefaultRoutes.Describe(owner, place, endpoints))
        {
            yield return route;
        }

        yield return File(sandbox, "hosts", HostsFile.For(sandbox, model.EndpointsOf(id), host.Facts.IPv6Available));
        string resolver = ResolverFile.For([.. endpoints.Select(e => e.Network)], host.Resolver, SandboxOverrides.Of(sandbox.Resolver, dnsServers));
        yield return File(sandbox, "resolv.conf", resolver) with { KeepsEdits = true };
        yield return File(sandbox, "hostname", sandbox.HostName + "\n");

        if (sandbox.ResolverPort is { } port && endpoints.Any(e => EndpointNames.AreServedOn(e.Network)))
        {
            yield return new ResolverListener { Owner = owner, Sandbox = id, Namespace = place, Port = port };
        }
    }

    private IEnumerable<DesiredObject> PlanEndpoints(ModelSnapshot model, SandboxId id, HostView host)
    {
        Sandbox sandbox = model[id];
        if (!HasOwnStack(sandbox))
        {
            return [];
        }

        PortCarriers carriers = PortCarriers(model, id);
        NamespaceRef place = paths.NamespaceOf(sandbox);
        return HeldPorts.Join([.. model.EndpointsOf(id).SelectMany(endpoint =>
            drivers.Open(model[endpoint.Network], host.Facts).Describe(endpoint, place, carriers.PortsOf(endpoint, sandbox.Ports)))]);
    }

    private static bool Stands(ForwardingGuard guard, HostFacts facts) =>
        (guard.IPv6 ? facts.IPv6Forwarding : facts.IPv4Forwarding) == ForwardingState.OnByUs;

    private static bool HasOwnStack(Sandbox sandbox) => sandbox.HasNetworkStack && sandbox.Mode != NetworkMode.Host;

    private SandboxFile File(Sandbox sandbox, string name, string content) =>
        new() { Owner = OwnerId.Of(sandbox.Id), Path = paths.FilePath(sandbox, name), Content = content };

    /// <summary>Several networks may adopt one setting of the host and want the same of it: it stands once.</summary>
    private static List<DesiredObject> Distinct(IEnumerable<DesiredObject> objects)
    {
        var adopted = new HashSet<string>(StringComparer.Ordinal);
        return [.. objects.Where(o => o.Ownership != Ownership.Adopted || adopted.Add(o.Key))];
    }
}
