using System.Net.Sockets;
using Net.Controller;
using Net.Daemon.Http;
using Net.Linux;

namespace Net.Daemon.EnginePlugin;

/// <summary>The socket on which Docker Engine finds this daemon as its network and IPAM driver <c>netctl</c>.</summary>
/// <remarks>It is not the API's: whoever reaches one of them does not reach the other.</remarks>
internal sealed class EngineSocket : IAsyncDisposable
{
    /// <summary>The name of the socket in the folder of plug-ins; without its suffix it is the name of the driver.</summary>
    public const string FileName = "netctl.sock";

    private readonly FileLock _folder;
    private readonly string? _ownPath;
    private readonly WebApplication _server;

    private EngineSocket(FileLock folder, string? ownPath, WebApplication server)
    {
        _folder = folder;
        _ownPath = ownPath;
        _server = server;
    }

    /// <summary>Begins to answer.</summary>
    /// <param name="folder">The folder of plug-ins; it is made when it is missing.</param>
    /// <param name="descriptor">A descriptor that listens there already, from a service manager, which has the socket's file; null: the
    /// socket is made here, and removed at the end.</param>
    /// <param name="controller">The controller.</param>
    /// <param name="logging">Configures the server's log.</param>
    /// <returns>The socket, or why the daemon is no plug-in now, as a sentence.</returns>
    public static async Task<(EngineSocket? Socket, string? Problem)> OpenAsync(
        string folder, int? descriptor, NetworkController controller, Action<ILoggingBuilder> logging)
    {
        string path = Path.Combine(folder, FileName);
        FileLock? taken = null;
        try
        {
            PrivateDirectory.Make(folder, PrivateDirectory.Usual);
            taken = FileLock.TryTakeExisting(folder);
            if (taken is null)
            {
                return (
                    null,
                    $"Docker Engine does not find this daemon: another one is its plug-in in {folder}{DaemonLocks.NameHolder(folder)}; "
                        + "give this one another --plugin-dir, or \"\" for none");
            }

            if (descriptor is null)
            {
                File.Delete(path);
            }

            WebApplication server = Make(path, descriptor, controller, logging);
            await server.StartAsync();
            if (descriptor is null)
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return (new EngineSocket(taken, descriptor is null ? path : null, server), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SocketException or LinuxException)
        {
            taken?.Dispose();
            return (
                null,
                $"Docker Engine does not find this daemon: {path} cannot be made: {error.Message}; make its folder writable, or give "
                    + "another --plugin-dir");
        }
    }

    /// <summary>Ends the answers and removes the socket, unless it is a service manager's.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _server.StopAsync(limit.Token);
        await _server.DisposeAsync();
        if (_ownPath is not null)
        {
            File.Delete(_ownPath);
        }

        _folder.Dispose();
    }

    private static WebApplication Make(
        string path, int? descriptor, NetworkController controller, Action<ILoggingBuilder> logging)
    {
        WebApplication server = UnixServer.Build(path, descriptor, logging);
        server.UseMiddleware<EngineErrors>();
        server.Use(HttpJson.TakeBodyAsync);
        server.UseMiddleware<EngineReplay>(controller.ForeignIpam, controller.Foreign);
        server.UseRouting();
        EngineJson json = EngineJson.Default;
        server.MapMethod(
            "Plugin.Activate",
            json.EmptyMessage,
            json.ActivateAnswer,
            _ => Task.FromResult(new ActivateAnswer(["NetworkDriver", "IpamDriver"])));
        new EngineNetworkDriver(controller.Foreign).Map(server);
        new EngineIpamDriver(controller.ForeignIpam, controller.Foreign).Map(server);
        server.Map("/{**path}", static context => EngineErrors.AnswerAsync(
            context,
            StatusCodes.Status404NotFound,
            $"{context.Request.Method} {context.Request.Path} is no method of a plug-in for networks or addresses"))
            .Add(static endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
        return server;
    }
}
