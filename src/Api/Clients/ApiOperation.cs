using Net.Api.Daemons;

namespace Net.Api.Clients;

/// <summary>A change that the daemon can be asked for: it can be run, or explained. Nothing is sent until one of the methods is
/// called.</summary>
/// <remarks>Every method throws <see cref="ApiException"/> when the daemon refuses and <see cref="DaemonUnreachableException"/> when no
/// answer comes.</remarks>
public class ApiOperation
{
    internal ApiOperation(HttpExchange http, HttpMethod method, string path, byte[]? body) =>
        (Http, Method, Path, Body) = (http, method, path, body);

    private protected HttpExchange Http { get; }

    private protected HttpMethod Method { get; }

    private protected string Path { get; }

    private protected byte[]? Body { get; }

    /// <summary>Makes the change.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Http.SendAsync(Method, Path, Body, cancellationToken);

    /// <summary>The commands that a person would type for the same change. Nothing is changed.</summary>
    public async Task<IReadOnlyList<string>> ExplainAsync(CancellationToken cancellationToken)
    {
        string path = ApiPaths.With(Path, (ApiPaths.DryRunQuery, "1"));
        DryRunResponse response = await Http.SendAsync(Method, path, Body, ApiJson.Wire.DryRunResponse, cancellationToken)
            .ConfigureAwait(false);
        return response.Commands;
    }
}
