using System.Text.Json.Serialization.Metadata;

namespace Net.Api.Clients;

/// <summary>A change that the daemon answers with a document.</summary>
/// <typeparam name="T">The document.</typeparam>
public sealed class ApiOperation<T> : ApiOperation
{
    private readonly JsonTypeInfo<T> _type;

    internal ApiOperation(HttpExchange http, HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type)
        : base(http, method, path, body) => _type = type;

    /// <summary>Makes the change.</summary>
    /// <returns>The daemon's answer.</returns>
    public new Task<T> RunAsync(CancellationToken cancellationToken) => Http.SendAsync(Method, Path, Body, _type, cancellationToken);
}
