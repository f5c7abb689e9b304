using Net.Daemon.Http.RawStreams;
using Net.Daemon.Http.Refusals;

namespace Net.Daemon.Http;

/// <summary>Makes HTTP servers on Unix sockets, without anything that they answer.</summary>
internal static class UnixServer
{
    /// <summary>Makes a server. It listens once it is started; a socket that is at its path by then must have been removed.</summary>
    /// <param name="socketPath">The socket's path.</param>
    /// <param name="logging">Configures the server's log.</param>
    public static WebApplication Build(string socketPath, Action<ILoggingBuilder> logging)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpJson.MaximumBodyBytes;
            kestrel.ListenUnixSocket(socketPath, socket =>
            {
                ServerRefusals.Prepare(socket);
                ConnectionTakeover.Prepare(socket);
            });
        });
        WebApplication server = builder.Build();
        ServerRefusals.Listen(server);
        return server;
    }
}
