using Net.Api;

namespace Net.Daemon.Http;

/// <summary>HTTP on a Unix socket.</summary>
internal static class ApiServer
{
    private const string Group = "netctl";

    /// <summary>Makes the server; it answers once started.</summary>
    /// <param name="logging">How the daemon logs.</param>
    /// <param name="socketPath">The socket; one that a daemon before left behind is replaced. The locks have made sure that nobody uses it.</param>
    /// <param name="map">Adds the paths.</param>
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
        Directory.CreateDirectory(Path.GetDirectoryName(socketPath)!);
        File.Delete(socketPath);

        WebApplication server = builder.Build();
        server.Use(VersionPrefix.RemoveAsync);
        server.UseMiddleware<ErrorAnswers>();
        server.UseRouting();
        map(server);
        server.MapFallback(UnknownAsync);
        return server;
    }

    /// <summary>Gives the socket its rights: read and write for its owner and the group netctl, where there is one; nothing for others.</summary>
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
