using Net.Api;
using Net.Api.Dns;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Names;
using Net.Daemon.Http.Views;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Daemon.Http;

/// <summary>The routes of the resolver: a query in a container's place, the statistics, and flushing the cache.</summary>
/// <param name="controller">Finds containers.</param>
/// <param name="views">The names and upstream servers of every container.</param>
/// <param name="server">The DNS server.</param>
internal sealed class DnsRoutes(NetworkController controller, ResolverViews views, DnsServer server)
{
    private readonly DnsQuestions _questions = new(controller, views, server);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiPaths.DnsQuery, QueryAsync)
            .Describe("DnsQuery", "Asks the resolver, from a container or from outside of all.")
            .Query(ApiPaths.NameQuery, "The name to ask for; it may not be absent.")
            .Query(ApiPaths.TypeQuery, "The type of the records: A, AAAA, TYPE65280; A when absent.")
            .Query(ApiPaths.ContainerQuery, "The container that asks.")
            .Answers<DnsQueryResponse>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        routes.MapGet(ApiPaths.DnsStats, StatsAsync)
            .Describe("DnsStats", "Counts queries and answers of the resolver.")
            .Query(ApiPaths.ContainerQuery, "This container alone.")
            .Answers<DnsStatsResponse>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.DnsFlush, FlushAsync)
            .Describe("DnsFlush", "Empties the resolver's cache.")
            .Answers(StatusCodes.Status204NoContent);
    }

    private async Task QueryAsync(HttpContext context)
    {
        string name = context.Parameter(ApiPaths.NameQuery)
            ?? throw new CnmException(
                CnmErrorKind.InvalidParameter, $"nothing to ask for: give a name with the query {ApiPaths.NameQuery}");
        DnsQuestion question = DnsQuestions.Parse(name, context.Parameter(ApiPaths.TypeQuery));
        DnsQueryResponse response = Container(context) is { } sandbox
            ? await _questions.AskAsync(sandbox, question, context.RequestAborted)
            : await _questions.AskAsync(question, context.RequestAborted);
        await context.WriteJsonAsync(response, ApiJson.Wire.DnsQueryResponse);
    }

    private Task StatsAsync(HttpContext context)
    {
        Sandbox? one = Container(context);
        IEnumerable<Sandbox> asked = one is null ? controller.Sandboxes.OrderBy(s => s.Name, StringComparer.Ordinal) : [one];
        DnsContainerStats[] containers = [.. asked.Select(StatsOf).OfType<DnsContainerStats>()];
        return one is not null && containers.Length == 0
            ? throw ResolverAbsence.Of(one, controller.Snapshot)
            : context.WriteJsonAsync(
                new DnsStatsResponse
                {
                    Containers = containers,
                    Forwarding = one is null ? DnsView.Of(server.GetForwarding(), NameOf) : null,
                },
                ApiJson.Wire.DnsStatsResponse);
    }

    private DnsContainerStats? StatsOf(Sandbox sandbox) =>
        server.GetStatistics(sandbox.Id.Value) is { } numbers ? DnsView.Of(sandbox.Id.Value, sandbox.Name, numbers) : null;

    // A client's key is its container's id. The container may have been removed while its servers are still known.
    private string NameOf(string client) => controller.Sandboxes.FirstOrDefault(sandbox => sandbox.Id.Value == client)?.Name ?? client;

    private Task FlushAsync(HttpContext context)
    {
        server.Flush();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Sandbox? Container(HttpContext context) =>
        context.Parameter(ApiPaths.ContainerQuery) is { } reference ? controller.FindSandbox(reference) : null;
}
