using System.Text.Json.Serialization.Metadata;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Plugins.Wire;

namespace Net.Plugins.Networks;

/// <summary>Docker's remote network driver: what of the model a plug-in is told, and what of its answers is believed.</summary>
internal sealed class NetworkPlugin : INetworkPlugin
{
    private readonly PluginConnection _connection;
    private readonly bool _checksGateways;

    private NetworkPlugin(string name, PluginConnection connection, bool checksGateways)
    {
        Name = name;
        _connection = connection;
        _checksGateways = checksGateways;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Asks the plug-in for its capabilities.</summary>
    /// <exception cref="CnmException">Internal: its scope is neither local nor global.</exception>
    public static async Task<NetworkPlugin> OpenAsync(string name, PluginConnection connection, CancellationToken cancellationToken)
    {
        NetworkCapabilitiesAnswer answer = await connection
            .PostAsync("NetworkDriver.GetCapabilities", [], PluginJson.Default.NetworkCapabilitiesAnswer, cancellationToken)
            .ConfigureAwait(false);
        return answer.Scope is "local" or "global"
            ? new NetworkPlugin(name, connection, answer.GwAllocChecker)
            : throw new CnmException(
                CnmErrorKind.Internal,
                $"plug-in {name}: its scope is \"{PluginText.Shorten(answer.Scope ?? "")}\" (NetworkDriver.GetCapabilities); it must be "
                    + "local or global");
    }

    /// <inheritdoc/>
    public async ValueTask<GatewaySkips> CheckGatewaysAsync(
        bool ipv4, bool ipv6, bool isInternal, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        if (!_checksGateways)
        {
            return GatewaySkips.None;
        }

        GatewayCheckAnswer answer = await AskAsync(
            "GwAllocCheck",
            PluginJson.Bytes(
                new GatewayCheckRequest(Options(ipv4, ipv6, isInternal, options)), PluginJson.Default.GatewayCheckRequest),
            PluginJson.Default.GatewayCheckAnswer,
            cancellationToken).ConfigureAwait(false);
        return new GatewaySkips(answer.SkipIPv4, answer.SkipIPv6);
    }

    /// <inheritdoc/>
    public async ValueTask CreateNetworkAsync(Network network, CancellationToken cancellationToken) => await AskAsync(
        "CreateNetwork",
        PluginJson.Bytes(
            new CreateNetworkRequest(
                network.Id.Value,
                Options(network.EnableIPv4, network.EnableIPv6, network.Internal, network.Options),
                Data(network, ipv6: false),
                Data(network, ipv6: true)),
            PluginJson.Default.CreateNetworkRequest),
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DeleteNetworkAsync(NetworkId network, CancellationToken cancellationToken) => await AskAsync(
        "DeleteNetwork",
        PluginJson.Bytes(new NetworkRequest(network.Value), PluginJson.Default.NetworkRequest),
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<Endpoint> CreateEndpointAsync(
        Endpoint endpoint, PluginPorts ports, CancellationToken cancellationToken)
    {
        var request = new CreateEndpointRequest(
            endpoint.Network.Value,
            endpoint.Id.Value,
            new EndpointInterface(
                endpoint.IPv4?.ToString() ?? "", endpoint.IPv6?.ToString() ?? "", endpoint.MacAddress?.ToString() ?? ""),
            EndpointDocuments.Options(endpoint, ports));
        CreateEndpointAnswer answer = await AskAsync(
            "CreateEndpoint",
            PluginJson.Bytes(request, PluginJson.Default.CreateEndpointRequest),
            PluginJson.Default.CreateEndpointAnswer,
            cancellationToken).ConfigureAwait(false);
        return EndpointDocuments.Fill(Name, endpoint, answer.Interface);
    }

    /// <inheritdoc/>
    public async ValueTask<PluggedEndpoint> JoinAsync(
        Endpoint endpoint, string sandboxKey, PluginPorts ports, CancellationToken cancellationToken)
    {
        var request = new JoinRequest(
            endpoint.Network.Value, endpoint.Id.Value, sandboxKey, EndpointDocuments.Options(endpoint, ports));
        JoinAnswer answer = await AskAsync(
            "Join",
            PluginJson.Bytes(request, PluginJson.Default.JoinRequest),
            PluginJson.Default.JoinAnswer,
            cancellationToken).ConfigureAwait(false);
        return JoinReading.Read(Name, answer);
    }

    /// <inheritdoc/>
    public ValueTask LeaveAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        TellAsync("Leave", endpoint, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeleteEndpointAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        TellAsync("DeleteEndpoint", endpoint, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ProgramExternalConnectivityAsync(Endpoint endpoint, PluginPorts ports, CancellationToken cancellationToken)
    {
        var request = new ConnectivityRequest(endpoint.Network.Value, endpoint.Id.Value, EndpointDocuments.Options(endpoint, ports));
        await IfImplementedAsync(() => AskAsync(
            "ProgramExternalConnectivity",
            PluginJson.Bytes(request, PluginJson.Default.ConnectivityRequest),
            cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RevokeExternalConnectivityAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        await IfImplementedAsync(() => TellAsync("RevokeExternalConnectivity", endpoint, cancellationToken).AsTask())
            .ConfigureAwait(false);

    private static NetworkOptions Options(
        bool ipv4, bool ipv6, bool isInternal, IReadOnlyDictionary<string, string> options) => new()
        {
            EnableIPv4 = ipv4,
            EnableIPv6 = ipv6,
            Generic = options,
            Internal = isInternal,
        };

    private static IReadOnlyList<IpamData> Data(Network network, bool ipv6) =>
    [
        .. network.Pools.Where(pool => pool.IsIPv6 == ipv6).Select(pool => new IpamData(
            "",
            pool.Subnet.ToString(),
            pool.Gateway is { } gateway ? $"{gateway}/{pool.Subnet.PrefixLength}" : null,
            pool.AuxiliaryAddresses.Count == 0
                ? null
                : pool.AuxiliaryAddresses.ToDictionary(pair => pair.Key, pair => $"{pair.Value}/{pool.Subnet.PrefixLength}"))),
    ];

    // A plug-in need not have the two methods about connectivity.
    private static async Task IfImplementedAsync(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (CnmException error) when (error.InnerException is PluginRefusalException { IsNotImplemented: true })
        {
        }
    }

    private async ValueTask TellAsync(string method, Endpoint endpoint, CancellationToken cancellationToken) => await AskAsync(
        method,
        PluginJson.Bytes(
            new EndpointRequest(endpoint.Network.Value, endpoint.Id.Value), PluginJson.Default.EndpointRequest),
        cancellationToken).ConfigureAwait(false);

    private Task AskAsync(string method, byte[] request, CancellationToken cancellationToken) =>
        AskAsync(method, request, PluginJson.Default.PluginAnswer, cancellationToken);

    private async Task<T> AskAsync<T>(
        string method,
        byte[] request,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
        where T : PluginAnswer, new()
    {
        try
        {
            return await _connection.PostAsync($"NetworkDriver.{method}", request, type, cancellationToken).ConfigureAwait(false);
        }
        catch (PluginRefusalException refusal)
        {
            throw refusal.ToCnm();
        }
    }
}
