using Net.Api;

namespace Net.Daemon.Http;

/// <summary>Makes the HTTP server on the Unix socket.</summary>
internal static class ApiServer
{
    private const string Group = "netctl";

    /// <summary>Makes the server. It answers once it is started.</summary>
    /// <param name="logging">Configures the server's log.</param>
    /// <param name="socketPath">The socket's path. A socket that an earlier daemon left is replaced; the locks have made sure that no
    /// daemon uses it.</param>
    /// <param name="map">Adds the routes.</param>
    public static WebApplication Create(Action<ILoggingBuilder> logging, string socketPath, Action<IEndpointRouteBuilder> map)
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
            kestrel.ListenUnixSocket(socketPath);
        });
        Linux.PrivateDirectory.Make(Path.GetDirectoryName(socketPath)!, DaemonFolder.Passable);
        File.Delete(socketPath);

        WebApplication server = builder.Build();
        server.Use(VersionPrefix.RemoveAsync);
        server.UseMiddleware<ErrorAnswers>();
        server.UseRouting();
        map(server);
        server.MapFallback(UnknownAsync);
        return server;
    }

    /// <summary>Sets the socket's permissions: read and write for its owner and for the group netctl, if it exists; none for
    /// others.</summary>
    public static void Protect(string socketPath)
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        if (UserGroups.Find(Group) is { } group)
        {
            Linux.FileOwner.SetGroup(socketPath, group);
        }

        File.SetUnixFileMode(socketPath, Mode);
    }

    private static Task UnknownAsync(HttpContext context) => ErrorAnswers.AnswerAsync(
        context, StatusCodes.Status404NotFound,
        $"page not found: {context.Request.Method} {context.Request.Path}; see {ApiPaths.Version} for the API's version");
}
