using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Net.Api;
using Net.Api.Events;
using Net.Controller;
using Net.Controller.Events;

namespace Net.Daemon.Http;

/// <summary>Streams what happens, one line of JSON for each event, until the reader disconnects or <c>until</c> is reached.</summary>
internal sealed class EventRoute(NetworkController controller, TimeProvider time)
{
    // A timer takes no longer time (49 days).
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApiPaths.Events, FollowAsync)
            .Describe("SystemEvents", "Follows what happens.")
            .Query(ApiPaths.SinceQuery, "A moment: begin with what has happened since.")
            .Query(ApiPaths.UntilQuery, "A moment: end then.")
            .Query(ApiPaths.FiltersQuery, "A JSON object of lists: container, event, label, network, scope, type.")
            .AnswersLines<EventMessage>("application/json");

    private async Task FollowAsync(HttpContext context)
    {
        DateTimeOffset now = time.GetUtcNow();
        var filter = EventFilter.Parse(context.Request.Query[ApiPaths.FiltersQuery]);
        DateTimeOffset? since = MomentOf(context, ApiPaths.SinceQuery, now);
        DateTimeOffset? until = MomentOf(context, ApiPaths.UntilQuery, now);
        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using IEventFeed feed = controller.Events.Follow(out IReadOnlyList<CnmEvent> past);
        if (until is { } last)
        {
            end.CancelAfter(TimeSpan.FromTicks(Math.Clamp((last - now).Ticks, 0, Longest.Ticks)));
        }

        context.Response.ContentType = "application/json";
        try
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            bool asksForPast = since is not null || until is not null;
            foreach (CnmEvent happened in past.Where(e => asksForPast && e.Time >= (since ?? e.Time) && e.Time <= (until ?? e.Time)))
            {
                await WriteAsync(context.Response, filter, happened, context.RequestAborted);
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (CnmEvent happened in feed.Events.ReadAllAsync(end.Token))
            {
                await WriteAsync(context.Response, filter, happened, end.Token);
                if (!feed.Events.TryPeek(out _))
                {
                    await context.Response.Body.FlushAsync(end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over, the reader has disconnected, or the daemon stops.
        }
    }

    private static async Task WriteAsync(HttpResponse response, EventFilter filter, CnmEvent happened, CancellationToken cancellationToken)
    {
        if (filter.Matches(happened))
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(EventView.Of(happened), ApiJson.Wire.EventMessage);
            await response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], cancellationToken);
        }
    }

    private static DateTimeOffset? MomentOf(HttpContext context, string query, DateTimeOffset now) =>
        context.Parameter(query) is { Length: > 0 } text ? MomentParameter.Parse(text, now) : null;
}
