using System.Text.Json.Serialization.Metadata;

namespace Net.Api.Clients;

/// <summary>The client of the daemon's API. Safe to use from several tasks.</summary>
public sealed partial class ApiClient : IApiClient, IDisposable
{
    private readonly HttpExchange _http;

    /// <summary>Makes a client; nothing is connected until the first request.</summary>
    /// <param name="address">The daemon's address.</param>
    /// <param name="tell">Told in a sentence, once, when a document that the daemon has at hand does not come for 10 seconds: a list, the
    /// details of an object, a version. It is waited for all the same. Null: nobody is told.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    public ApiClient(DaemonAddress address, Action<string>? tell = null, TimeProvider? time = null)
    {
        Address = address;
        _http = new HttpExchange(address, tell is null ? null : new SilenceWatch(address, tell, time ?? TimeProvider.System));
    }

    /// <inheritdoc/>
    public DaemonAddress Address { get; }

    /// <summary>Closes the idle connections.</summary>
    public void Dispose() => _http.Dispose();

    private ApiOperation Operation(HttpMethod method, string path, byte[]? body = null) => new(_http, method, path, body);

    private ApiOperation<T> Operation<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type) =>
        new(_http, method, path, body, type);
}
