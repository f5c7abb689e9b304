using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Requests;

namespace Net.Controller;

public sealed partial class NetworkController
{
    /// <summary>The traffic of the published ports of a network's containers, in order of container names. A port whose rule is missing is
    /// left out.</summary>
    public Task<IReadOnlyList<SandboxTraffic>> ReadTrafficAsync(string network, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(ReadTraffic(Snapshot.FindNetwork(network))), cancellationToken);

    private IReadOnlyList<SandboxTraffic> ReadTraffic(Network network)
    {
        ModelSnapshot model = Snapshot;
        Dictionary<OwnerId, Endpoint> endpoints = model.EndpointsOf(network.Id).ToDictionary(e => OwnerId.Of(e.Id));
        PublishedPort[] ports =
        [
            .. _parts.Planner.PlanLinksAndPolicies(model, _parts.Runner.ReadHost())
                .Objects.OfType<PublishedPort>()
                .Where(p => endpoints.ContainsKey(p.Owner)),
        ];
        return
        [
            .. _parts.Engine.ReadTraffic(ports)
                .Select(t => new SandboxTraffic(model[endpoints[t.Port.Owner].Sandbox], t))
                .OrderBy(t => t.Sandbox.Name, StringComparer.Ordinal),
        ];
    }
}
