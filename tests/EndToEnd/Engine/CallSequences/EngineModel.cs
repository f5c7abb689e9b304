namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>What a driver has to have in the kernel after calls of Docker Engine, whatever they were and in whatever order they
/// came.</summary>
internal sealed class EngineModel
{
    private readonly SortedDictionary<string, RecordedCall> _networks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (RecordedCall Made, RecordedCall? Published)> _endpoints = new(StringComparer.Ordinal);

    /// <summary>The endpoints there are.</summary>
    public IEnumerable<string> Endpoints => _endpoints.Keys;

    /// <summary>Names a state: two models of one name are alike.</summary>
    public string Name => string.Join(
        ' ', _networks.Keys.Concat(_endpoints.Select(one => $"{one.Key}{string.Concat(PortsOf(one.Value.Published))}")));

    /// <summary>The host ports that are published and were asked for by number: protocol number and port.</summary>
    public IEnumerable<(int Protocol, int Port)> Ports =>
        _endpoints.Values.SelectMany(one => PortsOf(one.Published)).Where(port => port.Port > 0);

    /// <summary>The shortest way to this state from the one that another model has: fewer networks and no endpoints.</summary>
    public IEnumerable<RecordedCall> WayFrom(EngineModel before) =>
        _networks.Where(one => !before._networks.ContainsKey(one.Key)).Select(one => one.Value)
            .Concat(_endpoints.Values.SelectMany(one => new[] { one.Made, one.Published }.OfType<RecordedCall>()));

    /// <summary>The same state, to go on from.</summary>
    public EngineModel Copy()
    {
        var copy = new EngineModel();
        foreach ((string id, RecordedCall call) in _networks)
        {
            copy._networks[id] = call;
        }

        foreach ((string id, (RecordedCall, RecordedCall?) endpoint) in _endpoints)
        {
            copy._endpoints[id] = endpoint;
        }

        return copy;
    }

    /// <summary>Follows a call. One that cannot be done changes nothing.</summary>
    public void Follow(RecordedCall call)
    {
        switch (call.Method)
        {
            case "NetworkDriver.CreateNetwork":
                _networks.TryAdd(call.Network, call);
                break;
            case "NetworkDriver.DeleteNetwork":
                _networks.Remove(call.Network);
                Remove(call.Network, _ => true);
                break;
            case "NetworkDriver.CreateEndpoint" when _networks.ContainsKey(call.Network) && !_endpoints.ContainsKey(call.Endpoint):
                Remove(call.Network, other => AddressOf(other) == AddressOf(call)); // it is assigned again, so its endpoint is no more
                _endpoints[call.Endpoint] = (call, null);
                break;
            case "NetworkDriver.DeleteEndpoint":
                _endpoints.Remove(call.Endpoint);
                break;
            case "NetworkDriver.ProgramExternalConnectivity"
                when _endpoints.TryGetValue(call.Endpoint, out (RecordedCall Made, RecordedCall? Published) present) && IsFree(call):
                _endpoints[call.Endpoint] = (present.Made, PortsOf(call).Any() ? call : null);
                break;
            case "NetworkDriver.RevokeExternalConnectivity" or "NetworkDriver.Leave"
                when _endpoints.TryGetValue(call.Endpoint, out (RecordedCall Made, RecordedCall? Published) present):
                _endpoints[call.Endpoint] = (present.Made, null);
                break;
        }
    }

    private static string AddressOf(RecordedCall made) => (string)made.Request!["Interface"]!["Address"]!;

    private static IEnumerable<(int Protocol, int Port)> PortsOf(RecordedCall? published) =>
        (published?.Request!["Options"]?["com.docker.network.portmap"]?.AsArray() ?? [])
            .Select(port => ((int)port!["Proto"]!, (int)port["HostPort"]!));

    private bool IsFree(RecordedCall call) => !_endpoints.Where(one => one.Key != call.Endpoint)
        .SelectMany(one => PortsOf(one.Value.Published)).Where(port => port.Port > 0).Intersect(PortsOf(call)).Any();

    private void Remove(string network, Predicate<RecordedCall> which)
    {
        foreach ((string id, (RecordedCall made, _)) in _endpoints.ToList())
        {
            if (made.Network == network && which(made))
            {
                _endpoints.Remove(id);
            }
        }
    }
}
