using System.Runtime.InteropServices;
using Net.Api.Daemons;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Recovery;
using Net.Daemon.EnginePlugin;
using Net.Daemon.Http;
using Net.Dns.Files;
using Net.Linux;
using Net.Linux.Processes;
using Net.Linux.Terminals;

namespace Net.Daemon;

/// <summary>Runs <c>netctl daemon</c>, from its options to its exit code.</summary>
public static partial class DaemonProgram
{
    /// <summary>Runs the daemon until SIGTERM or SIGINT. Containers and their networks keep running afterwards.</summary>
    /// <returns>0 after a signal; 1 when it could not start. Standard error gets the reason, one sentence.</returns>
    public static async Task<int> RunAsync(DaemonOptions options)
    {
        // Nothing that the daemon makes is open to others, unless its mode is set to that: secrets, locks and sockets are among it.
        ThisProcess.SetFileMask((UnixFileMode)0x3F); // 077
        ServiceManager manager = ServiceManager.Take();
        try
        {
            ListeningSockets sockets = ListeningSockets.Take(options);
            using DaemonLocks locks = DaemonLocks.Take(options);
            RuntimePrimer.Prime();
            await ServeAsync(options, sockets, manager, locks.Warning);
            return 0;
        }
        catch (DaemonStartException error)
        {
            await Console.Error.WriteLineAsync($"netctl daemon: {TerminalText.Escape(error.Message)}");
            return 1;
        }
        catch (CnmException error)
        {
            await Console.Error.WriteLineAsync($"netctl daemon: cannot start: {TerminalText.Escape(error.Message)}");
            return 1;
        }
        catch (IOException error)
        {
            string remedy = DiskFault.Describe(error, "that file") ?? "see that its folder is there and can be written";
            await Console.Error.WriteLineAsync($"netctl daemon: cannot start: {error.Message}; {remedy}");
            return 1;
        }
    }

    private static async Task ServeAsync(
        DaemonOptions options, ListeningSockets sockets, ServiceManager manager, string? lockWarning)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using ILoggerFactory loggers = LoggerFactory.Create(Logging);
        ILogger log = loggers.CreateLogger("netctl");
        using PosixSignalRegistration onHangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, KeepOn);

        await using Composition parts = Composition.Create(options, loggers);
        parts.RequireDefaultOptions(options.DefaultNetworkOptions);
        if (lockWarning is not null)
        {
            LogProblem(log, lockWarning);
        }

        LogBackend(log, parts.Firewall.Name, parts.FirewallReason);
        using DriftMender? drift = options.MendsDrift
            ? DriftMender.Watch(parts.Controller, new ExecRoot(options.ExecRoot).SandboxDirectory, log)
            : null;
        RecoverySummary recovered = await parts.RecoverAsync(CancellationToken.None);
        LogRecovery(log, recovered);
        LogDeviation(log, parts, options);
        using var mender = FirewallMender.Start(parts.FirewallWatch, parts.Controller, log);
        using var links = HostLinkWatch.Start(parts.Controller, log);
        drift?.Begin();
        await using var resolver = HostResolverWatch.Start(new HostResolverFile(), parts.Views, parts.Controller, log);
        await using var leftovers = RemovalRetry.OfKernel(parts.Controller, log, atOnce: recovered.NeedsRetry);
        await using var untold = RemovalRetry.OfPlugins(parts.Controller, log, atOnce: recovered.NeedsRetry);
        await parts.Controller.Foreign.RemoveLostAsync(); // of which an Engine may have told while no daemon ran

        var routes = new ApiRoutes
        {
            Controller = parts.Controller,
            Options = options,
            Usage = parts.Usage,
            Views = parts.Views,
            Dns = parts.Dns,
            Resolvers = parts.Resolvers,
            Firewall = FirewallOf(parts),
            Time = TimeProvider.System,
        };
        // Before the API: whoever gets an answer there finds the Engine's socket, too.
        await using EngineSocket? engine = await OpenEngineSocketAsync(options, sockets, parts, Logging, log);
        await using WebApplication server = ApiServer.Create(Logging, options.Socket, sockets.Api, routes.Map);
        await server.StartAsync();
        if (sockets.Api is null)
        {
            ApiServer.Protect(options.Socket);
        }

        await using var memory = MemoryTrim.Start();
        LogReady(log, options.Socket);
        LogUntold(log, manager.SayReady());

        await stopped.Task;
        LogStopping(log);
        LogUntold(log, manager.SayStopping());
        parts.Controller.EndTalks();
        using var shutdownTimeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await server.StopAsync(shutdownTimeout.Token);

        void Logging(ILoggingBuilder logging) => DaemonLogging.Configure(logging, options.LogLevel, options.LogFormat);

        // A service manager's reload, a log rotation or the end of a terminal: none of them is to end the containers' daemon.
        void KeepOn(PosixSignalContext signal)
        {
            signal.Cancel = true;
            LogHangup(log);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    private static async Task<EngineSocket?> OpenEngineSocketAsync(
        DaemonOptions options, ListeningSockets sockets, Composition parts, Action<ILoggingBuilder> logging, ILogger log)
    {
        if (options.PluginDirectory is not { } folder)
        {
            return null;
        }

        (EngineSocket? socket, string? problem) = await EngineSocket.OpenAsync(
            folder, sockets.Engine, parts.Controller, logging);
        if (problem is not null)
        {
            LogProblem(log, problem);
        }

        return socket;
    }

    private static void LogUntold(ILogger log, string? problem)
    {
        if (problem is not null)
        {
            LogProblem(log, problem);
        }
    }

    private static FirewallBackendInfo FirewallOf(Composition parts) =>
        new() { Driver = parts.Firewall.Name, Info = [["Reason", parts.FirewallReason]] };

    private static void LogDeviation(ILogger log, Composition parts, DaemonOptions options)
    {
        if (parts.Controller.Networks.FirstOrDefault(n => n.IsDefaultBridge) is { } bridge
            && options.HasDefaultBridge && DefaultBridge.DeviationOf(options, bridge) is { } deviation)
        {
            LogProblem(log, deviation);
        }
    }

    private static void LogRecovery(ILogger log, RecoverySummary summary)
    {
        LogRecovered(log, summary.Networks, summary.Sandboxes, summary.Running, summary.Exited, summary.Tombstones, summary.Mended);
        foreach (string problem in summary.Problems)
        {
            LogProblem(log, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "firewall backend {Backend}: {Reason}")]
    private static partial void LogBackend(ILogger log, string backend, string reason);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "recovered {Networks} networks and {Sandboxes} containers: {Running} running, {Ended} ended meanwhile, "
            + "{Tombstones} removals finished, {Mended} objects mended")]
    private static partial void LogRecovered(ILogger log, int networks, int sandboxes, int running, int ended, int tombstones, int mended);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private static partial void LogProblem(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "ready on {Socket}")]
    private static partial void LogReady(ILogger log, string socket);

    [LoggerMessage(Level = LogLevel.Information, Message = "SIGHUP: the settings stay; they are read at the start of the daemon")]
    private static partial void LogHangup(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "stopping; containers go on")]
    private static partial void LogStopping(ILogger log);
}
