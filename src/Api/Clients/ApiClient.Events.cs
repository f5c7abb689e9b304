using System.Runtime.CompilerServices;
using System.Text.Json;
using Net.Api.Events;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<EventMessage> FollowEventsAsync(
        string? since,
        string? until,
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = ApiPaths.With(
            Filtered(ApiPaths.Events, filters), [.. Given(ApiPaths.SinceQuery, since), .. Given(ApiPaths.UntilQuery, until)]);
        await foreach (string line in _http.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            yield return JsonSerializer.Deserialize(line, ApiJson.Wire.EventMessage)!;
        }
    }
}
