using System.Text.Json.Serialization.Metadata;

namespace Net.Api.Clients;

/// <summary>The client of the daemon's API. Safe to use from several tasks.</summary>
public sealed partial class ApiClient : IApiClient, IDisposable
{
    private readonly HttpExchange _http;

    /// <summary>Makes a client; nothing is connected until the first request.</summary>
    public ApiClient(DaemonAddress address)
    {
        Address = address;
        _http = new HttpExchange(address);
    }

    /// <inheritdoc/>
    public DaemonAddress Address { get; }

    /// <summary>Closes the idle connections.</summary>
    public void Dispose() => _http.Dispose();

    private ApiOperation Operation(HttpMethod method, string path, byte[]? body = null) => new(_http, method, path, body);

    private ApiOperation<T> Operation<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type) =>
        new(_http, method, path, body, type);
}
