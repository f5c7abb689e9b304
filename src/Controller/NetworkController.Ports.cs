using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Requests;

namespace Net.Controller;

public sealed partial class NetworkController
{
    /// <summary>Publishes further ports of a container; its other ports and their connections are not touched.</summary>
    /// <remarks>One whose command has ended gets them when it is started. One in mode host or none has nothing to publish: nothing changes, with a warning.</remarks>
    /// <exception cref="CnmException">Conflict: a host port is taken, by a container or by another program; nothing has changed.</exception>
    public Task<PortsPublished> PublishPortsAsync(string reference, IReadOnlyList<PortSpec> ports, CancellationToken cancellationToken) =>
        RunAsync(new PublishPorts(reference, ports, _parts.Stacks, _parts.Planner), cancellationToken);

    /// <summary>What <see cref="PublishPortsAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainPublishPortsAsync(string reference, IReadOnlyList<PortSpec> ports, CancellationToken cancellationToken) =>
        ExplainAsync(new PublishPorts(reference, ports, _parts.Stacks, _parts.Planner), cancellationToken);

    /// <summary>Takes published ports of a container back; its others keep their numbers and connections.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="ports">Without a host port: every mapping of the container's ports; with one: that mapping. Part of a run may go.</param>
    /// <exception cref="CnmException">NotFound: one of them is not published; nothing has changed.</exception>
    public Task UnpublishPortsAsync(string reference, IReadOnlyList<PortSpec> ports, CancellationToken cancellationToken) =>
        RunAsync(new UnpublishPorts(reference, ports, _parts.Stacks), cancellationToken);

    /// <summary>What <see cref="UnpublishPortsAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainUnpublishPortsAsync(string reference, IReadOnlyList<PortSpec> ports, CancellationToken cancellationToken) =>
        ExplainAsync(new UnpublishPorts(reference, ports, _parts.Stacks), cancellationToken);

    /// <summary>What the published ports of a network's containers have carried, by container; a port whose rule is not there is left out.</summary>
    public Task<IReadOnlyList<SandboxTraffic>> ReadTrafficAsync(string network, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(ReadTraffic(Snapshot.FindNetwork(network))), cancellationToken);

    private IReadOnlyList<SandboxTraffic> ReadTraffic(Network network)
    {
        ModelSnapshot model = Snapshot;
        Dictionary<OwnerId, Endpoint> endpoints = model.EndpointsOf(network.Id).ToDictionary(e => OwnerId.Of(e.Id));
        PublishedPort[] ports =
        [
            .. _parts.Planner.FirewallPolicies(model, _parts.Runner.ReadHost()).OfType<PublishedPort>().Where(p => endpoints.ContainsKey(p.Owner)),
        ];
        return
        [
            .. _parts.Engine.ReadTraffic(ports)
                .Select(t => new SandboxTraffic(model[endpoints[t.Port.Owner].Sandbox], t))
                .OrderBy(t => t.Sandbox.Name, StringComparer.Ordinal),
        ];
    }
}
