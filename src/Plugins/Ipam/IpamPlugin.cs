using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Plugins.Wire;

namespace Net.Plugins.Ipam;

/// <summary>Docker's remote IPAM driver: what a plug-in is asked, and what of its answers is believed.</summary>
internal sealed class IpamPlugin : IIpamPlugin
{
    private const string AddressTypeOption = "RequestAddressType";
    private const string GatewayType = "com.docker.network.gateway";
    private const string MacOption = "com.docker.network.endpoint.macaddress";

    // How long is waited for an answer that nothing depends on: the error that is told comes that much later.
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(3);

    private static readonly IReadOnlyDictionary<string, string> NoOptions = new Dictionary<string, string>();

    private readonly PluginConnection _connection;
    private readonly IpamCapabilitiesAnswer _capabilities;

    private IpamPlugin(string name, PluginConnection connection, IpamCapabilitiesAnswer capabilities)
    {
        Name = name;
        _connection = connection;
        _capabilities = capabilities;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool RequiresEthernetAddress => _capabilities.RequiresMACAddress;

    /// <summary>Asks the plug-in for its capabilities. One that answers with an error has none.</summary>
    public static async Task<IpamPlugin> OpenAsync(string name, PluginConnection connection, CancellationToken cancellationToken)
    {
        IpamCapabilitiesAnswer capabilities;
        try
        {
            capabilities = await connection
                .PostAsync("IpamDriver.GetCapabilities", [], PluginJson.Default.IpamCapabilitiesAnswer, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PluginRefusalException)
        {
            capabilities = new IpamCapabilitiesAnswer();
        }

        return new IpamPlugin(name, connection, capabilities);
    }

    /// <inheritdoc/>
    public ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken) =>
        RequestPoolAsync(request, _ => Task.CompletedTask, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AddressPool> RequestPoolAsync(
        PoolRequest request, Func<AddressPool, Task> record, CancellationToken cancellationToken)
    {
        (string id, IPNetwork subnet, string? gateway) = await RequestSubnetAsync(
            request.IPv6, request.Subnet, request.Range, request.Options, cancellationToken).ConfigureAwait(false);
        var pool = new AddressPool { Id = id, Subnet = subnet, Range = request.Range };
        await RecordAsync(only: null).ConfigureAwait(false);
        if (request.Subnet is { } wanted && wanted != subnet)
        {
            throw Nonsense("RequestPool", $"subnet {wanted} was asked for and it answers {subnet}");
        }

        pool = pool with { Gateway = await GatewayAsync(pool, request, gateway, cancellationToken).ConfigureAwait(false) };
        await RecordAsync(pool.Gateway).ConfigureAwait(false);
        var auxiliary = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach ((string name, IPAddress address) in request.AuxiliaryAddresses)
        {
            await RequestAsync(pool, address, NoOptions, cancellationToken).ConfigureAwait(false);
            auxiliary.Add(name, address);
            pool = pool with { AuxiliaryAddresses = new Dictionary<string, IPAddress>(auxiliary) };
            await RecordAsync(address).ConfigureAwait(false);
        }

        return pool;

        // What cannot be recorded nobody else gives back: the pool at first, then one of its addresses.
        async Task RecordAsync(IPAddress? only)
        {
            try
            {
                await record(pool).ConfigureAwait(false);
            }
            catch
            {
                await ReleaseQuietlyAsync(pool, only).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken)
    {
        foreach (IPAddress address in pool.AuxiliaryAddresses.Values.Prepend(pool.Gateway!).OfType<IPAddress>())
        {
            try
            {
                await ReleaseAddressAsync(pool, address, cancellationToken).ConfigureAwait(false);
            }
            catch (CnmException error) when (error.Kind == CnmErrorKind.Internal)
            {
                // It has answered, whatever it says; the pool is to be released all the same.
            }
        }

        await AskAsync(
            "ReleasePool",
            PluginJson.Bytes(new ReleasePoolRequest(pool.Id ?? ""), PluginJson.Default.ReleasePoolRequest),
            PluginJson.Default.PluginAnswer,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<InterfaceAddress> RequestAddressAsync(
        AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken) =>
        RequestAddressAsync(pool, preferred, mac: null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<InterfaceAddress> RequestAddressAsync(
        AddressPool pool, IPAddress? preferred, MacAddress? mac, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string>? options = _capabilities.RequiresMACAddress && mac is { } address
            ? new Dictionary<string, string> { [MacOption] = address.ToString() }
            : null;
        return await RequestAsync(pool, preferred, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken) => await AskAsync(
        "ReleaseAddress",
        PluginJson.Bytes(new ReleaseAddressRequest(pool.Id ?? "", address.ToString()), PluginJson.Default.ReleaseAddressRequest),
        PluginJson.Default.PluginAnswer,
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken) =>
        ReleaseAddressAsync(pool, address, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The plug-in keeps its reservations itself.</remarks>
    public void Restore(AddressPool pool, IEnumerable<IPAddress> addresses, IEnumerable<IPAddress>? freed = null)
    {
    }

    /// <inheritdoc/>
    public async ValueTask ReplayAsync(
        AddressPool pool,
        IReadOnlyDictionary<string, string> options,
        IEnumerable<IPAddress> addresses,
        CancellationToken cancellationToken)
    {
        if (!_capabilities.RequiresRequestReplay)
        {
            return;
        }

        await RequestSubnetAsync(pool.IsIPv6, pool.Subnet, pool.Range, options, cancellationToken).ConfigureAwait(false);
        if (pool.Gateway is { } gateway)
        {
            await RequestAsync(pool, gateway, Type(GatewayType), cancellationToken).ConfigureAwait(false);
        }

        foreach (IPAddress address in pool.AuxiliaryAddresses.Values.Concat(addresses))
        {
            await RequestAsync(pool, address, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Dictionary<string, string> Type(string type) => new() { [AddressTypeOption] = type };

    private async Task<(string Id, IPNetwork Subnet, string? Gateway)> RequestSubnetAsync(
        bool ipv6, IPNetwork? subnet, IPNetwork? range, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        AddressSpacesAnswer spaces = await AskAsync(
            "GetDefaultAddressSpaces", [], PluginJson.Default.AddressSpacesAnswer, cancellationToken).ConfigureAwait(false);
        var request = new RequestPoolRequest(
            spaces.LocalDefaultAddressSpace ?? "", subnet?.ToString() ?? "", range?.ToString() ?? "", options, ipv6);
        RequestPoolAnswer answer = await AskAsync(
            "RequestPool",
            PluginJson.Bytes(request, PluginJson.Default.RequestPoolRequest),
            PluginJson.Default.RequestPoolAnswer,
            cancellationToken).ConfigureAwait(false);
        if (IPNetwork.TryParse(answer.Pool, out IPNetwork read) && read.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 == ipv6)
        {
            return (answer.PoolID ?? "", read, answer.Data?.GetValueOrDefault(GatewayType));
        }

        await ReleaseQuietlyAsync(new AddressPool { Id = answer.PoolID, Subnet = read }).ConfigureAwait(false);
        throw Nonsense("RequestPool", $"\"{PluginText.Shorten(answer.Pool ?? "")}\" is no {(ipv6 ? "IPv6" : "IPv4")} subnet");
    }

    private async Task<IPAddress?> GatewayAsync(
        AddressPool pool, PoolRequest request, string? chosen, CancellationToken cancellationToken)
    {
        if (request.Gateway is null && !string.IsNullOrEmpty(chosen))
        {
            return InterfaceAddress.TryParse(chosen, out InterfaceAddress? read) && pool.Subnet.Contains(read.Address)
                ? read.Address
                : AddressParser.TryParse(chosen, out IPAddress bare) && pool.Subnet.Contains(bare)
                    ? bare
                    : throw Nonsense("RequestPool", $"\"{PluginText.Shorten(chosen)}\" is no gateway of {pool.Subnet}");
        }

        return request.Gateway is null && !request.NeedsGateway
            ? null
            : (await RequestAsync(pool, request.Gateway, Type(GatewayType), cancellationToken).ConfigureAwait(false)).Address;
    }

    private async Task<InterfaceAddress> RequestAsync(
        AddressPool pool, IPAddress? preferred, IReadOnlyDictionary<string, string>? options, CancellationToken cancellationToken)
    {
        RequestAddressAnswer answer = await AskAsync(
            "RequestAddress",
            PluginJson.Bytes(
                new RequestAddressRequest(pool.Id ?? "", preferred?.ToString() ?? "", options), PluginJson.Default.RequestAddressRequest),
            PluginJson.Default.RequestAddressAnswer,
            cancellationToken).ConfigureAwait(false);
        if (!InterfaceAddress.TryParse(answer.Address ?? "", out InterfaceAddress? read))
        {
            throw Nonsense("RequestAddress", $"\"{PluginText.Shorten(answer.Address ?? "")}\" is no address with a prefix length");
        }

        if (!pool.Subnet.Contains(read.Address) || (preferred is not null && !preferred.Equals(read.Address)))
        {
            await ReleaseQuietlyAsync(pool, read.Address).ConfigureAwait(false);
            throw Nonsense(
                "RequestAddress",
                preferred is null ? $"{read} is not in {pool.Subnet}" : $"{preferred} was asked for and it answers {read}");
        }

        return read;
    }

    // After another error, which is the one to tell.
    private async Task ReleaseQuietlyAsync(AddressPool pool, IPAddress? only = null)
    {
        using CancellationTokenSource limit = new(QuietLimit);
        try
        {
            if (only is null)
            {
                await ReleasePoolAsync(pool, limit.Token).ConfigureAwait(false);
            }
            else
            {
                await ReleaseAddressAsync(pool, only, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is CnmException or OperationCanceledException)
        {
        }
    }

    private CnmException Nonsense(string method, string words) =>
        new(CnmErrorKind.Internal, $"plug-in {Name}: its answer to IpamDriver.{method} makes no sense: {words}");

    private async Task<T> AskAsync<T>(string method, byte[] request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : PluginAnswer, new()
    {
        try
        {
            return await _connection.PostAsync($"IpamDriver.{method}", request, type, cancellationToken).ConfigureAwait(false);
        }
        catch (PluginRefusalException refusal)
        {
            throw refusal.ToCnm();
        }
    }
}
