using System.Runtime.InteropServices;
using Net.Api;
using Net.Api.Daemons;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller;

namespace Net.Daemon.Http;

/// <summary>The daemon itself: ping, version, info, reset, and what differs from what should be.</summary>
internal sealed class SystemRoutes(NetworkController controller, DaemonOptions options, string firewallBackend)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(ApiPaths.Ping, [HttpMethods.Get, HttpMethods.Head], PingAsync);
        routes.MapGet(ApiPaths.Version, VersionAsync);
        routes.MapGet(ApiPaths.Info, InfoAsync);
        routes.MapPost(ApiPaths.SystemReset, ResetAsync);
        routes.MapGet(ApiPaths.Diff, DiffAsync);
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
                ContainersStopped = sandboxes.Count - running,
                Networks = controller.Networks.Count,
                DockerRootDir = options.DataRoot,
                KernelVersion = KernelVersion,
                OperatingSystem = RuntimeInformation.OSDescription,
                Architecture = Architecture,
                FirewallBackend = new FirewallBackendInfo { Driver = firewallBackend },
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
        DiffEntry[] entries =
        [
            .. difference.Missing.Select(o => Entry("missing", o.Owner.ToString(), o.Key)),
            .. difference.Different.Select(d => Entry("different", d.Wanted.Owner.ToString(), $"{d.Wanted.Key}: {d.Actual}")),
            .. difference.Leftover.Select(l => Entry("leftover", l.Tag, $"{l.Kind} {l.Name}")),
            .. difference.Conflicts.Select(c => Entry("conflict", "", c)),
        ];
        await context.WriteJsonAsync(new DiffResponse { Differences = entries }, ApiJson.Wire.DiffResponse);
    }

    private static DiffEntry Entry(string kind, string owner, string description) => new() { Kind = kind, Owner = owner, Description = description };

    private static string ProductVersion => typeof(SystemRoutes).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static string KernelVersion => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    // Go's names, as Docker reports them.
    private static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
