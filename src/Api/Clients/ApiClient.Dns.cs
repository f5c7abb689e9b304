using System.Runtime.CompilerServices;
using System.Text.Json;
using Net.Api.Dns;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public Task<DnsQueryResponse> QueryDnsAsync(string? container, string name, string? type, CancellationToken cancellationToken) =>
        _http.GetAsync(
            ApiPaths.With(
                ApiPaths.DnsQuery,
                [.. Given(ApiPaths.ContainerQuery, container), (ApiPaths.NameQuery, name), .. Given(ApiPaths.TypeQuery, type)]),
            ApiJson.Wire.DnsQueryResponse,
            cancellationToken);

    /// <inheritdoc/>
    public Task<DnsStatsResponse> GetDnsStatsAsync(string? container, CancellationToken cancellationToken) =>
        _http.GetAsync(
            ApiPaths.With(ApiPaths.DnsStats, [.. Given(ApiPaths.ContainerQuery, container)]),
            ApiJson.Wire.DnsStatsResponse,
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<DnsLogLine> FollowDnsAsync(
        string? container, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = ApiPaths.With(ApiPaths.DnsLog, [.. Given(ApiPaths.ContainerQuery, container)]);
        await foreach (string line in _http.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            yield return JsonSerializer.Deserialize(line, ApiJson.Wire.DnsLogLine)!;
        }
    }

    /// <inheritdoc/>
    public Task FlushDnsAsync(CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.DnsFlush, null, cancellationToken);

    private static (string, string)[] Given(string name, string? value) => value is null ? [] : [(name, value)];
}
