using System.Globalization;
using Microsoft.AspNetCore.Connections.Features;
using Net.Controller.Foreign;
using Net.Linux.Processes;

namespace Net.Daemon.EnginePlugin;

/// <summary>Middleware that sees where Docker Engine begins and ends to repeat what it has reserved: it does so when it starts, before
/// anything else, with the first calls after <c>Plugin.Activate</c>.</summary>
/// <remarks>An Engine that started before this daemon could be reached has given up repeating some of it, and repeats nothing when it finds
/// the daemon later. It is told by its start time.</remarks>
/// <param name="next">What handles the request.</param>
/// <param name="ipam">What is reserved.</param>
/// <param name="driver">Removes what the Engine has lost since it was here before.</param>
internal sealed class EngineReplay(RequestDelegate next, ForeignIpam ipam, ForeignDriver driver)
{
    private const string Activate = "/Plugin.Activate";
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentials = 17; // SO_PEERCRED: struct ucred, which begins with the process id

    // Among these are calls that end it; the IPAM driver knows which.
    private static readonly string[] Repeating =
    [
        Activate, "/NetworkDriver.GetCapabilities", "/IpamDriver.GetCapabilities", "/IpamDriver.GetDefaultAddressSpaces",
        "/IpamDriver.RequestPool", "/IpamDriver.RequestAddress",
    ];

    private readonly ulong _reachable = Now();

    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (path == Activate)
        {
            ProcessIdentity? engine = Caller(context);
            await ipam.BeginReplayAsync(isWhole: engine is { } caller && caller.StartTicks > _reachable);

            // Where the Engine is seen, so are the processes of its containers.
            await driver.RemoveLostAsync(engine is { } seen ? () => AbandonedStacks.Look(seen).Contains : null);
        }
        else if (!Repeating.Contains(path, StringComparer.Ordinal))
        {
            await ipam.EndReplayAsync();
        }

        await next(context);
    }

    // The caller's process. One of another PID namespace has no id here.
    private static ProcessIdentity? Caller(HttpContext context)
    {
        byte[] credentials = new byte[12];
        return context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket
            && socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length
                ? ProcessIdentity.Of(BitConverter.ToInt32(credentials))
                : null;
    }

    // The clock ticks since boot: the seconds and hundredths of proc_uptime(5).
    private static ulong Now() => (ulong)(ProcessUsage.TicksPerSecond
        * decimal.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));
}
