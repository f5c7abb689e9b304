using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Recovery;
using Net.Controller.Requests;

namespace Net.Controller.Foreign;

/// <summary>The network driver that another program, such as Docker Engine, has in this controller: it names networks and endpoints by ids
/// of its own, assigns their addresses, and takes their links into its containers.</summary>
/// <remarks>Every method may be called twice with the same effect, and each removal undoes all that came before it, whatever that was.
/// Methods throw <see cref="CnmException"/>, but for those that remove: what they cannot do now is done later. All are carried to their
/// end, since the other program does not ask again.</remarks>
public sealed class ForeignDriver
{
    private readonly ControllerParts _parts;

    internal ForeignDriver(ControllerParts parts) => _parts = parts;

    /// <summary>Says for which address families a network that is to be made needs no gateway address.</summary>
    public Task<GatewaySkips> CheckGatewaysAsync(ForeignNetworkRequest request) => _parts.Queue.RunAsync(
        () =>
        {
            var network = new Network
            {
                Id = request.Id,
                Name = ForeignNames.Of(request.Id.Short),
                Driver = request.Driver,
                Created = _parts.Time.GetUtcNow(),
                Internal = request.Internal,
                Options = request.Options,
                Foreign = request.Decisions,
            };
            IDriverNetwork opened = _parts.Drivers.Open(network, _parts.Runner.ReadHost().Facts);
            return Task.FromResult(new GatewaySkips(!opened.NeedsGateway(ipv6: false), !opened.NeedsGateway(ipv6: true)));
        },
        CancellationToken.None);

    /// <summary>Makes a network, unless it is there already.</summary>
    public Task CreateNetworkAsync(ForeignNetworkRequest request) => _parts.Queue.RunAsync(
        async () =>
        {
            if (_parts.Model.Current.NetworksById.GetValueOrDefault(request.Id) is { } present)
            {
                return present.Foreign is not null
                    ? true
                    : throw new CnmException(
                        CnmErrorKind.Conflict, $"network {request.Id.Short} is netctl's own network {present.Name}; choose another id");
            }

            await PredefinedNetworks.MakeMissingAsync(_parts, CancellationToken.None);
            var network = new NetworkCreateRequest
            {
                Name = ForeignNames.Of(request.Id.Short),
                Driver = request.Driver,
                Internal = request.Internal,
                EnableIPv4 = request.Subnets.Any(subnet => !subnet.IsIPv6),
                EnableIPv6 = request.Subnets.Any(subnet => subnet.IsIPv6),
                Subnets = request.Subnets,
                Options = request.Options,
            };
            var operation = new CreateNetwork(network, _parts.Drivers, _parts.Time) { Id = request.Id, Foreign = request.Decisions };
            await _parts.Runner.RunAsync(operation, CancellationToken.None);
            return true;
        },
        CancellationToken.None);

    /// <summary>Removes a network and the endpoints that it still has.</summary>
    public Task RemoveNetworkAsync(NetworkId id) => _parts.ForeignFarewells.RemoveAsync(_parts, id);

    /// <summary>Makes an endpoint, and its link in the daemon's namespace.</summary>
    /// <returns>The endpoint, whose Ethernet address has been chosen.</returns>
    public Task<Endpoint> CreateEndpointAsync(ForeignEndpointRequest request) => _parts.Queue.RunAsync(
        () => _parts.Runner.RunAsync(
            new CreateForeignEndpoint(request, _parts.Drivers, _parts.ForeignJoins, _parts.Time), CancellationToken.None),
        CancellationToken.None);

    /// <summary>Notes the network stack that an endpoint's link is to be taken to.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="key">The other program's name of the network stack.</param>
    public Task<ForeignLink> JoinAsync(EndpointId id, string key) => _parts.ForeignJoins.WhileAsync(id, () => _parts.Queue.RunAsync(
        () => _parts.Runner.RunAsync(new JoinForeignEndpoint(id, key, _parts.Drivers), CancellationToken.None), CancellationToken.None));

    /// <summary>Publishes just these ports through an endpoint, which is its container's way out.</summary>
    /// <remarks>Docker Engine asks several times for what is so already: three times for a container without ports. Of an endpoint that was
    /// removed since its container had ended, there is nothing to publish, which is no error.</remarks>
    /// <param name="id">The endpoint.</param>
    /// <param name="ports">All ports.</param>
    /// <param name="isIPv4Only">Whether another endpoint is the container's way out for IPv6.</param>
    public async Task PublishAsync(EndpointId id, IReadOnlyList<PortSpec> ports, bool isIPv4Only = false)
    {
        if (ports.Count == 0 && HasNone(id))
        {
            return;
        }

        try
        {
            var operation = new PublishForeignPorts(id, ports, isIPv4Only, _parts.Drivers, _parts.Stacks);
            await _parts.Queue.RunAsync(() => _parts.Runner.RunAsync(operation, CancellationToken.None), CancellationToken.None);
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.NotFound && _parts.ForeignLost.Contains(id))
        {
            // The other program cleans up after it.
        }
    }

    /// <summary>Ends the publishing of an endpoint's ports. It is none any more that is not known.</summary>
    public async Task UnpublishAsync(EndpointId id)
    {
        try
        {
            await PublishAsync(id, []);
        }
        catch (CnmException error)
        {
            // They go with the endpoint, whose end follows.
            if (error.Kind != CnmErrorKind.NotFound)
            {
                _parts.Log.Warning($"ports of endpoint {id.Short} stay published until the endpoint goes: {error.Message}");
            }
        }
    }

    /// <summary>Removes an endpoint with its link and its published ports.</summary>
    public Task RemoveEndpointAsync(EndpointId id) => _parts.ForeignFarewells.RemoveAsync(_parts, id);

    /// <summary>Removes what the other program has given up without a word that arrived: a call whose content was lost says so, and there
    /// may be some when either of the two starts. What may be yet to come is looked at again until it is plain.</summary>
    /// <param name="look">Looks at the processes of the host, each time anew, and tells of a network stack of the other program, by its
    /// name of it, whether it is there without a process in it; null where that cannot be seen.</param>
    public Task RemoveLostAsync(Func<Func<string, bool>>? look = null) =>
        _parts.ForeignFarewells.RemoveLostAsync(_parts, look);

    private bool HasNone(EndpointId id) =>
        _parts.Model.Current.Find(ForeignNames.SandboxOf(id)) is { StackSource: StackSource.Foreign, PortSpecs.Count: 0 };
}
