using System.Runtime.InteropServices;
using Net.Api;
using Net.Api.Daemons;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Recovery;
using Net.Daemon.Http.Views;

namespace Net.Daemon.Http;

/// <summary>The routes for the daemon itself: ping, version, info, reset, and the comparison of desired state with the kernel and its
/// repair.</summary>
internal sealed class SystemRoutes(NetworkController controller, DaemonOptions options, FirewallBackendInfo firewall)
{
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
        routes.MapGet(ApiPaths.Diff, DiffAsync)
            .Describe("SystemDiff", "Compares what should be with what the kernel has.")
            .Answers<DiffResponse>();
        routes.MapPost(ApiPaths.Mend, MendAsync)
            .Describe("SystemMend", "Mends what differs between what should be and what the kernel has.")
            .Answers<MendResponse>();
    }

    private static Task PingAsync(HttpContext context)
    {
        context.Response.Headers[ApiPaths.ApiVersionHeader] = ApiPaths.ApiVersion;
        context.Response.Headers["Ostype"] = "linux";
        context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("OK");
    }

    private static Task VersionAsync(HttpContext context) => context.WriteJsonAsync(
        new VersionResponse
        {
            Version = ProductVersion,
            ApiVersion = ApiPaths.ApiVersion,
            MinAPIVersion = ApiPaths.MinimumApiVersion,
            Arch = Architecture,
            KernelVersion = KernelVersion,
        },
        ApiJson.Wire.VersionResponse);

    private Task InfoAsync(HttpContext context)
    {
        IReadOnlyList<Sandbox> sandboxes = controller.Sandboxes;
        int running = sandboxes.Count(s => s.State == SandboxState.Running);
        return context.WriteJsonAsync(
            new SystemInfo
            {
                Name = Environment.MachineName,
                ServerVersion = ProductVersion,
                Containers = sandboxes.Count,
                ContainersRunning = running,
                ContainersPaused = sandboxes.Count(s => s.IsPaused),
                ContainersStopped = sandboxes.Count - running,
                Networks = controller.Networks.Count,
                DockerRootDir = options.DataRoot,
                KernelVersion = KernelVersion,
                OperatingSystem = RuntimeInformation.OSDescription,
                Architecture = Architecture,
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

    private async Task DiffAsync(HttpContext context)
    {
        StateDifference difference = await controller.DiffAsync(context.RequestAborted);
        var view = new DifferenceView(controller.Snapshot);
        await context.WriteJsonAsync(new DiffResponse { Differences = view.Of(difference) }, ApiJson.Wire.DiffResponse);
    }

    private async Task MendAsync(HttpContext context)
    {
        var view = new DifferenceView(controller.Snapshot);
        MendingReport report = await controller.MendAsync(endsUnknown: true, CancellationToken.None);
        IReadOnlyList<DiffEntry> left = view.Of(report.Left);
        await context.WriteJsonAsync(
            new MendResponse
            {
                Mended = [.. view.Of(report.Found).ExceptBy(left.Select(l => (l.Kind, l.Description)), f => (f.Kind, f.Description))],
                Left = left,
                Problems = report.Problems,
            },
            ApiJson.Wire.MendResponse);
    }

    private static string ProductVersion => typeof(SystemRoutes).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static string KernelVersion => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    // The names that Go uses, as Docker reports them.
    private static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
