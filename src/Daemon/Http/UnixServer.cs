using Microsoft.AspNetCore.Server.Kestrel.Core;
using Net.Daemon.Http.RawStreams;
using Net.Daemon.Http.Refusals;

namespace Net.Daemon.Http;

/// <summary>Makes HTTP servers on Unix sockets, without anything that they answer.</summary>
internal static class UnixServer
{
    /// <summary>Makes a server. It listens once it is started; a socket that is at its path by then must have been removed.</summary>
    /// <param name="socketPath">The socket's path.</param>
    /// <param name="descriptor">A descriptor that listens at that path already and is used instead; null for none.</param>
    /// <param name="logging">Configures the server's log.</param>
    public static WebApplication Build(string socketPath, int? descriptor, Action<ILoggingBuilder> logging)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowHostHeaderOverride = true; // RFC 9112 3.2.2: the host of an absolute target counts
            kestrel.Limits.MaxRequestBodySize = HttpJson.MaximumBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = HttpJson.RequestTimeout;

            // A body has its own limit (HttpJson). A stream may be silent, and its reader may stop reading, for as long as they like.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            if (descriptor is { } inherited)
            {
                kestrel.ListenHandle((ulong)inherited, Prepare);
            }
            else
            {
                kestrel.ListenUnixSocket(socketPath, Prepare);
            }
        });
        WebApplication server = builder.Build();
        ServerRefusals.Listen(server);
        return server;
    }

    private static void Prepare(ListenOptions socket)
    {
        ServerRefusals.Prepare(socket);
        ConnectionTakeover.Prepare(socket);
    }
}
