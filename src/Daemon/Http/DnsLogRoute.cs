using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Net.Api;
using Net.Api.Dns;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Daemon.Http.Views;
using Net.Dns.Resolver;

namespace Net.Daemon.Http;

/// <summary>Streams the resolver's log, one line of JSON for each entry, until the reader disconnects or the container's resolver is
/// removed.</summary>
/// <param name="controller">Finds containers.</param>
/// <param name="server">The DNS server whose log it is.</param>
/// <param name="time">The clock.</param>
internal sealed class DnsLogRoute(NetworkController controller, DnsServer server, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApiPaths.DnsLog, FollowAsync)
            .Describe("DnsLog", "Follows the resolver's log.")
            .Query(ApiPaths.ContainerQuery, "This container alone.")
            .AnswersLines<DnsLogLine>(ApiPaths.LinesMediaType)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private async Task FollowAsync(HttpContext context)
    {
        Sandbox? one = context.Parameter(ApiPaths.ContainerQuery) is { } reference ? controller.FindSandbox(reference) : null;
        using DnsLogFeed feed = one is null
            ? DnsLogFeed.OfAll(server, time)
            : DnsLogFeed.Of(server, one.Id.Value, time) ?? throw ResolverAbsence.Of(one, controller.Snapshot);
        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await WriteAsync(context.Response, feed, end.Token);
    }

    private async Task WriteAsync(HttpResponse response, DnsLogFeed feed, CancellationToken cancellationToken)
    {
        response.ContentType = ApiPaths.LinesMediaType;
        try
        {
            await response.Body.FlushAsync(cancellationToken);
            await foreach (DnsLogFeed.Item item in feed.Reader.ReadAllAsync(cancellationToken))
            {
                DnsLogLine line = DnsView.Of(item.Entry, item.Time) with { Container = NameOf(item.Entry.Client), Lost = item.Lost };
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Wire.DnsLogLine);
                await response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], cancellationToken);
                if (!feed.Reader.TryPeek(out _))
                {
                    await response.Body.FlushAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has disconnected, or the daemon stops.
        }
    }

    // The last entries of a container may be read after it was removed.
    private string? NameOf(string client) =>
        client.Length == 0 ? null : controller.Snapshot.Find(SandboxId.Parse(client))?.Name ?? SandboxId.Parse(client).Short;
}
