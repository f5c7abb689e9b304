using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Net.Controller;
using Net.Daemon.Http;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Daemon.EnginePlugin;

/// <summary>The socket on which Docker Engine finds this daemon as its network and IPAM driver <c>netctl</c>.</summary>
/// <remarks>It is not the API's: whoever reaches one of them does not reach the other.</remarks>
internal sealed class EngineSocket : IAsyncDisposable
{
    /// <summary>The name of the socket in the folder of plug-ins; without its suffix it is the name of the driver.</summary>
    public const string FileName = "netctl.sock";

    private readonly FileLock _folder;
    private readonly OwnListener? _own;
    private readonly WebApplication _server;

    private EngineSocket(FileLock folder, OwnListener? own, WebApplication server)
    {
        _folder = folder;
        _own = own;
        _server = server;
    }

    /// <summary>Begins to answer.</summary>
    /// <param name="folder">The folder of plug-ins; it is made when it is missing.</param>
    /// <param name="descriptor">A descriptor that listens there already, from a service manager, which has the socket's file; null: the
    /// socket is made here, and removed at the end. A file that is there is replaced, unless another process listens at it.</param>
    /// <param name="controller">The controller.</param>
    /// <param name="logging">Configures the server's log.</param>
    /// <returns>The socket, or why the daemon is no plug-in now, as a sentence.</returns>
    public static async Task<(EngineSocket? Socket, string? Problem)> OpenAsync(
        string folder, int? descriptor, NetworkController controller, Action<ILoggingBuilder> logging)
    {
        string path = Path.Combine(folder, FileName);
        FileLock? taken = null;
        OwnListener? own = null;
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

            if (descriptor is null && UnixSocketTable.IsListening(path))
            {
                taken.Dispose();
                return (
                    null,
                    $"{path}: another process listens there (systemd's netctl.socket?), and Docker Engine does not reach this daemon; "
                        + "start it with \"systemctl start netctl\", or stop netctl.socket first");
            }

            own = descriptor is null ? OwnListener.Make(path) : null;
            WebApplication server = Make(path, descriptor ?? own!.Descriptor, controller, logging);
            await server.StartAsync();
            return (new EngineSocket(taken, own, server), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SocketException or LinuxException)
        {
            own?.Dispose();
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
        _own?.Dispose();
        _folder.Dispose();
    }

    private static WebApplication Make(
        string path, int descriptor, NetworkController controller, Action<ILoggingBuilder> logging)
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

    // The runtime removes whatever is at the path of a socket that it has bound itself: so it is given one that listens already, and does
    // not own it.
    private sealed class OwnListener : IDisposable
    {
        private readonly string _path;
        private readonly SafeFileHandle _listener;
        private readonly (uint Major, uint Minor, ulong Inode)? _identity;

        private OwnListener(string path, SafeFileHandle listener)
        {
            _path = path;
            _listener = listener;
            _identity = FileIdentity.Read(path);
        }

        public int Descriptor => (int)_listener.DangerousGetHandle();

        public static OwnListener Make(string path)
        {
            File.Delete(path);
            var made = new OwnListener(path, UnixListener.Listen(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return made;
        }

        // As long as the socket is open, no other file has its inode number.
        public void Dispose()
        {
            if (_identity is not null && FileIdentity.Read(_path) == _identity)
            {
                File.Delete(_path);
            }

            _listener.Dispose();
        }
    }
}
