using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Findings;

/// <summary>All that the checks decide upon: what should be, what the host is like, and what the kernel was found to have.</summary>
internal sealed class FindingFacts
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public FindingFacts(ModelSnapshot model, IReadOnlyList<DesiredObject> desired, HostFacts host, HostSurvey? survey = null)
    {
        Model = model;
        Desired = desired;
        Host = host;
        Survey = survey ?? new HostSurvey();
        foreach (Sandbox sandbox in model.Sandboxes)
        {
            foreach (Endpoint endpoint in model.EndpointsOf(sandbox.Id))
            {
                _names[endpoint.Id.Value] = $"container {sandbox.Name}";
            }
        }

        Bridges = [.. BridgesOf(model, desired)];
        Stations = [.. StationsOf(desired)];
        Uplinks = UplinksOf(host);
    }

    public ModelSnapshot Model { get; }

    public IReadOnlyList<DesiredObject> Desired { get; }

    public HostFacts Host { get; }

    public HostSurvey Survey { get; }

    /// <summary>The bridges of networks that are not removed.</summary>
    public IReadOnlyList<NetworkBridge> Bridges { get; }

    /// <summary>The addresses of running containers on bridges.</summary>
    public IReadOnlyList<ContainerStation> Stations { get; }

    /// <summary>The links that lead out of the host: those of the default routes, or where there are none, those with a subnet.</summary>
    public IReadOnlyList<string> Uplinks { get; }

    /// <summary>Whether a link is the host's first way out, of IPv4 or of IPv6, so that containers are meant to use it. One of several
    /// links without a default route is none: it may be there for the host alone.</summary>
    public bool IsFirstWay(string uplink) => FirstWays().Contains(uplink);

    /// <summary>The link of the daemon's namespace of this name; null when there is none.</summary>
    public SurveyedLink? HostLink(string name) =>
        Survey.Links.FirstOrDefault(link => link.Namespace.IsHost && link.Name == name);

    /// <summary>The bridge of this name, if it is one of a network.</summary>
    public NetworkBridge? Bridge(string name) => Bridges.FirstOrDefault(bridge => bridge.Name == name);

    /// <summary>The container of an endpoint by name: <c>container web</c>.</summary>
    public string NameOf(OwnerId endpoint) => _names.GetValueOrDefault(endpoint.Tag) ?? $"endpoint {endpoint.Tag[..12]}";

    private static IEnumerable<NetworkBridge> BridgesOf(ModelSnapshot model, IReadOnlyList<DesiredObject> desired)
    {
        Dictionary<string, Network> networks = model.Networks.ToDictionary(network => network.Id.Value, StringComparer.Ordinal);
        HashSet<string> used = [.. desired.OfType<EndpointPolicy>().Select(policy => policy.Bridge)];
        ILookup<string, BridgePolicy> policies = desired.OfType<BridgePolicy>().ToLookup(policy => policy.Bridge, StringComparer.Ordinal);
        ILookup<string, IPNetwork> subnets = desired.OfType<LinkAddress>().Where(address => address.Namespace.IsHost)
            .ToLookup(address => address.Link, address => address.Address.Subnet, StringComparer.Ordinal);
        foreach (DesiredObject made in desired.Where(made => made is BridgeLink or AdoptedBridge))
        {
            string name = made is BridgeLink bridge ? bridge.Name : ((AdoptedBridge)made).Name;
            if (networks.GetValueOrDefault(made.Owner.Tag) is { } network)
            {
                yield return new NetworkBridge(name, network, used.Contains(name))
                {
                    IsAdopted = made is AdoptedBridge,
                    Policy = policies[name].FirstOrDefault(),
                    Subnets = [.. subnets[name]],
                };
            }
        }
    }

    private IEnumerable<ContainerStation> StationsOf(IReadOnlyList<DesiredObject> desired)
    {
        Dictionary<string, VethPair> pairs = desired.OfType<VethPair>().ToDictionary(pair => pair.Name, StringComparer.Ordinal);
        foreach (EndpointPolicy policy in desired.OfType<EndpointPolicy>())
        {
            foreach (IPAddress address in new[] { policy.IPv4, policy.IPv6 }.OfType<IPAddress>())
            {
                yield return new ContainerStation(NameOf(policy.Owner), policy.Bridge, policy.HostLink, address, policy.MacAddress)
                {
                    Pair = pairs.GetValueOrDefault(policy.HostLink),
                };
            }
        }
    }

    // The kernel lists the routes of one subnet in the order of their metrics. Halves of a default route come before the whole.
    private IEnumerable<string> FirstWays()
    {
        IEnumerable<string> first = Host.Routes.Where(route => route is { IsDefault: true, Link: not null })
            .GroupBy(route => route.Destination.BaseAddress.AddressFamily)
            .Select(family => family.OrderByDescending(route => route.Destination.PrefixLength).First().Link!);
        return first.Any() ? first : Uplinks.Count == 1 ? Uplinks : [];
    }

    private static IReadOnlyList<string> UplinksOf(HostFacts host)
    {
        string[] byDefault = Links(host.Routes.Where(route => route.IsDefault));
        HashSet<string> bridges = [.. host.ForeignBridges.Where(bridge => bridge.HasGuestsOnly).Select(bridge => bridge.Name)];
        return byDefault.Length > 0 ? byDefault : [.. Links(host.Routes.Where(route => route.IsConnected)).Except(bridges)];
    }

    private static string[] Links(IEnumerable<HostRoute> routes) =>
        [.. routes.Select(route => route.Link).OfType<string>().Where(link => link != "lo").Distinct(StringComparer.Ordinal)];
}
