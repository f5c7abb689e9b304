using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Net.Api;
using Net.Api.Containers;
using Net.Api.Containers.Statistics;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Daemon.Usage;
using Net.Linux.Processes;

namespace Net.Daemon.Http;

/// <summary>The routes for the processes of a container and for what it uses.</summary>
internal sealed class UsageRoutes(NetworkController controller, UsageReader usage, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiPaths.ContainerTop, ProcessesAsync)
            .Describe("ContainerTop", "Lists the processes of a container.")
            .Query(ApiPaths.ProcessArgumentsQuery, "Arguments of ps(1): which columns.")
            .Answers<ContainerTop>()
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapGet(ApiPaths.ContainerStats, StatsAsync)
            .Describe("ContainerStats", "Measures each second what a container uses.")
            .Query(ApiPaths.StreamQuery, "false: answer once.")
            .Query(ApiPaths.OneShotQuery, "true, with stream=false: answer at once, with nothing to compare with.")
            .AnswersLines<ContainerStats>("application/json");
    }

    private Task ProcessesAsync(HttpContext context)
    {
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        var columns = ProcessColumns.Parse(context.Parameter(ApiPaths.ProcessArgumentsQuery));
        var host = HostUsage.Read();
        IReadOnlyDictionary<uint, string> users = ReadUsers();
        IEnumerable<ProcessUsage> processes =
            controller.ProcessesOf(sandbox).Skip(1).Select(ProcessUsage.Read).OfType<ProcessUsage>(); // the first is the shim
        var answer = new ContainerTop
        {
            Titles = columns.Titles,
            Processes =
                [.. processes.Select(process => columns.CellsOf(new ProcessCells(process, host, users, time.GetLocalNow())))],
        };
        controller.TellOfListing(sandbox);
        return context.WriteJsonAsync(answer, ApiJson.Wire.ContainerTop);
    }

    private async Task StatsAsync(HttpContext context)
    {
        SandboxId id = controller.FindSandbox(context.Reference()).Id;
        ContainerStats stats = usage.Read(id, before: null);
        if (context.Parameter(ApiPaths.StreamQuery) is "0" or "false" or "False")
        {
            if (!context.HasFlag(ApiPaths.OneShotQuery) && stats.Cpu is not null)
            {
                await Task.Delay(Interval, time, context.RequestAborted);
                stats = usage.Read(id, stats);
            }

            await context.WriteJsonAsync(stats, ApiJson.Wire.ContainerStats);
            return;
        }

        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "application/json";
        try
        {
            while (true)
            {
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(stats, ApiJson.Wire.ContainerStats);
                await context.Response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], end.Token);
                await context.Response.Body.FlushAsync(end.Token);
                await Task.Delay(Interval, time, end.Token);
                stats = usage.Read(id, stats);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or CnmException { Kind: CnmErrorKind.NotFound })
        {
            // The reader has disconnected, the daemon stops, or the container was removed.
        }
    }

    /// <summary>The names of the host's users: passwd(5).</summary>
    private static Dictionary<uint, string> ReadUsers()
    {
        const string Users = "/etc/passwd";
        var names = new Dictionary<uint, string>();
        foreach (string line in File.Exists(Users) ? File.ReadLines(Users) : [])
        {
            if (line.Split(':') is [var name, _, var id, ..]
                && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            {
                names.TryAdd(number, name);
            }
        }

        return names;
    }
}
