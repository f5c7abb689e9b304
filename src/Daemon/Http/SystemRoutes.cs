using System.Runtime.InteropServices;
using Net.Api;
using Net.Api.Containers;
using Net.Api.Daemons;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Recovery;
using Net.Daemon.Http.Views;
using Net.Linux.Processes;

namespace Net.Daemon.Http;

/// <summary>The routes for the daemon itself: ping, version, info, reset, and the comparison of desired state with the kernel and its
/// repair.</summary>
internal sealed class SystemRoutes(
    NetworkController controller, DaemonOptions options, FirewallBackendInfo firewall, ResolverHealth resolvers, TimeProvider time)
{
    private const string SqliteFile = "application/vnd.sqlite3"; // as IANA has registered it

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(ApiPaths.Ping, [HttpMethods.Get, HttpMethods.Head], PingAsync)
            .Describe("SystemPing", "Says OK, and which version of Docker's API is the newest that is served.")
            .AnswersIn("text/plain");
        routes.MapGet(ApiPaths.Version, VersionAsync)
            .Describe("SystemVersion", "Says the versions of netctl, of Docker's API and of the kernel.")
            .Answers<VersionResponse>();
        routes.MapGet(ApiPaths.Info, InfoAsync)
            .Describe("SystemInfo", "Counts containers and networks, and describes the host.")
            .Answers<SystemInfo>();
        routes.MapPost(ApiPaths.SystemReset, ResetAsync)
            .Describe("SystemReset", "Removes all that netctl has made.")
            .Answers(StatusCodes.Status204NoContent);
        routes.MapGet(ApiPaths.SystemBackup, BackupAsync)
            .Describe("SystemBackup", "Gives a file with the definitions of all networks and containers, but those of Docker Engine.")
            .AnswersIn(SqliteFile);
        routes.MapPost(ApiPaths.SystemRestore, RestoreAsync)
            .Describe("SystemRestore", "Makes all networks and containers as such a file has them, in place of those that there are.")
            .TakesIn(SqliteFile)
            .Answers<RestoreResponse>();
        routes.MapPost(ApiPaths.SystemSettle, SettleAsync)
            .Describe("SystemSettle", "Waits until nothing is seen any more of what was removed so far, such as links.")
            .Answers(StatusCodes.Status204NoContent);
        routes.MapGet(ApiPaths.Diff, DiffAsync)
            .Describe("SystemDiff", "Compares what should be with what the kernel has, and looks for faults of the host.")
            .Answers<DiffResponse>();
        routes.MapPost(ApiPaths.Mend, MendAsync)
            .Describe("SystemMend", "Mends what differs between what should be and what the kernel has.")
            .Answers<MendResponse>();
    }

    private static Task PingAsync(HttpContext context)
    {
        context.Response.Headers["Builder-Version"] = "1"; // nothing is built here, and of this version the client asks the daemon itself
        context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        context.Response.Headers.Pragma = "no-cache";
        context.Response.ContentType = "text/plain; charset=utf-8";
        bool hasBody = !HttpMethods.IsHead(context.Request.Method);
        context.Response.ContentLength = hasBody ? 2 : 0;
        return hasBody ? context.Response.WriteAsync("OK") : Task.CompletedTask;
    }

    private static Task VersionAsync(HttpContext context) => context.WriteJsonAsync(
        new VersionResponse
        {
            Version = ProductVersion.Number,
            GitCommit = ProductVersion.Commit,
            ApiVersion = ApiPaths.ApiVersion,
            MinAPIVersion = ApiPaths.MinimumApiVersion,
            Arch = Architecture,
            KernelVersion = KernelVersion,
            Platform = new VersionPlatform { Name = "netctl" },
            Components =
            [
                new VersionComponent
                {
                    Name = "Engine",
                    Version = ProductVersion.Number,
                    Details = new Dictionary<string, string>
                    {
                        ["ApiVersion"] = ApiPaths.ApiVersion,
                        ["Arch"] = Architecture,
                        ["Experimental"] = "false",
                        ["GitCommit"] = ProductVersion.Commit,
                        ["KernelVersion"] = KernelVersion,
                        ["MinAPIVersion"] = ApiPaths.MinimumApiVersion,
                        ["Os"] = "linux",
                    },
                },
            ],
        },
        ApiJson.Wire.VersionResponse);

    private Task InfoAsync(HttpContext context)
    {
        IReadOnlyList<Sandbox> sandboxes = controller.Sandboxes;
        int running = sandboxes.Count(s => s.State == SandboxState.Running);
        int paused = sandboxes.Count(s => s.IsPaused);
        var host = HostUsage.Read();
        return context.WriteJsonAsync(
            new SystemInfo
            {
                Name = Environment.MachineName,
                ServerVersion = ProductVersion.Number,
                Containers = sandboxes.Count,
                ContainersRunning = running - paused,
                ContainersPaused = paused,
                ContainersStopped = sandboxes.Count - running,
                Networks = controller.Networks.Count,
                DockerRootDir = options.DataRoot,
                KernelVersion = KernelVersion,
                OperatingSystem = RuntimeInformation.OSDescription,
                Architecture = Machine,
                IPv4Forwarding = File.ReadAllText("/proc/sys/net/ipv4/ip_forward").Trim() != "0",
                NCPU = host.Processors,
                MemTotal = host.MemoryBytes,
                SystemTime = time.GetUtcNow(),
                Plugins = new SystemPlugins
                {
                    Network = ["bridge", "host", "ipvlan", "macvlan", "null"],
                    Log = [ContainerLogConfig.JsonFile],
                },
                DefaultAddressPools = options.DefaultAddressPools is { Count: > 0 } pools
                    ? [.. pools.Select(pool => new SystemAddressPool { Base = pool.Base.ToString(), Size = pool.Size })]
                    : null,
                FirewallBackend = firewall,
            },
            ApiJson.Wire.SystemInfo);
    }

    private async Task ResetAsync(HttpContext context)
    {
        IReadOnlyList<string> left = await controller.ResetAsync(CancellationToken.None);
        if (left.Count > 0)
        {
            throw new CnmException(CnmErrorKind.Internal, $"not everything could be removed: {string.Join("; ", left)}");
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task BackupAsync(HttpContext context)
    {
        using var scratch = new ScratchFile(options.DataRoot);
        controller.WriteBackup(scratch.Path);
        if (new FileInfo(scratch.Path).Length is var length && length > HttpJson.MaximumBackupBytes)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"the backup would have {length >> 20} MiB, and no more than {HttpJson.MaximumBackupBytes >> 20} could be restored: copy "
                    + "the data folder of a daemon that is stopped instead");
        }

        context.Response.ContentType = SqliteFile;
        await context.Response.SendFileAsync(scratch.Path, context.RequestAborted);
    }

    private async Task RestoreAsync(HttpContext context)
    {
        if (!context.HasBody())
        {
            throw new BadHttpRequestException("a backup is missing: send the file that a backup gave", StatusCodes.Status400BadRequest);
        }

        using var scratch = new ScratchFile(options.DataRoot);
        await scratch.WriteAsync(context.Request.Body);
        IReadOnlyList<string> warnings = await controller.RestoreAsync(scratch.Path, context.RequestAborted);
        await context.WriteJsonAsync(
            new RestoreResponse { Networks = controller.Networks.Count, Containers = controller.Sandboxes.Count, Warnings = warnings },
            ApiJson.Wire.RestoreResponse);
    }

    private async Task SettleAsync(HttpContext context)
    {
        await controller.FinishRemovalsAsync();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task DiffAsync(HttpContext context)
    {
        StateDifference difference = await controller.DiffAsync(context.RequestAborted);
        IReadOnlyList<Finding> findings = await ExamineAsync(context.RequestAborted);
        var view = new DifferenceView(controller.Snapshot);
        await context.WriteJsonAsync(
            new DiffResponse { Differences = view.Of(difference), Findings = FindingView.Of(findings) }, ApiJson.Wire.DiffResponse);
    }

    private async Task MendAsync(HttpContext context)
    {
        var view = new DifferenceView(controller.Snapshot);
        MendingReport report = await controller.MendAsync(endsUnknown: true, CancellationToken.None);
        IReadOnlyList<DiffEntry> left = view.Of(report.Left);
        IReadOnlyList<Finding> found = await ExamineAsync(CancellationToken.None);
        IReadOnlyList<string> unmended = await controller.MendFindingsAsync(found, CancellationToken.None);
        IReadOnlyList<Finding> foundThen =
            found.Any(finding => finding.Repair is not null) ? await ExamineAsync(CancellationToken.None) : found;
        await context.WriteJsonAsync(
            new MendResponse
            {
                Mended = [.. view.Of(report.Found).ExceptBy(left.Select(l => (l.Kind, l.Description)), f => (f.Kind, f.Description))],
                Left = left,
                MendedFindings = FindingView.Of([.. found.Except(foundThen)]),
                Findings = FindingView.Of(foundThen),
                Problems = [.. report.Problems, .. unmended],
            },
            ApiJson.Wire.MendResponse);
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) =>
        await controller.ExamineAsync(await resolvers.FindSilentAsync(cancellationToken), cancellationToken);

    private static string KernelVersion => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    // As uname(2) names it.
    private static string Machine => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86_64",
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    // The names that Go uses, as Docker reports them.
    private static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
