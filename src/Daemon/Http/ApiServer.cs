namespace Net.Daemon.Http;

/// <summary>Makes the HTTP server on the Unix socket.</summary>
internal static class ApiServer
{
    private const string Group = "netctl";

    /// <summary>Makes the server. It answers once it is started.</summary>
    /// <param name="logging">Configures the server's log.</param>
    /// <param name="socketPath">The socket's path. A socket that an earlier daemon left is replaced; the locks have made sure that no
    /// daemon uses it.</param>
    /// <param name="descriptor">A descriptor that listens there already, from a service manager; null for none.</param>
    /// <param name="map">Adds the routes.</param>
    public static WebApplication Create(
        Action<ILoggingBuilder> logging, string socketPath, int? descriptor, Action<IEndpointRouteBuilder> map)
    {
        if (descriptor is null)
        {
            Linux.PrivateDirectory.Make(Path.GetDirectoryName(socketPath)!, DaemonFolder.Passable);
            File.Delete(socketPath);
        }

        WebApplication server = UnixServer.Build(socketPath, descriptor, logging);
        server.Use(EngineHeaders.AddAsync);
        server.UseMiddleware<ErrorAnswers>();
        server.Use(VersionPrefix.RemoveAsync);
        server.UseRouting();

        // What is not served is refused as that, whatever comes with it: images may be large.
        server.UseWhen(
            static context => context.GetEndpoint()?.Metadata.GetMetadata<Unserved>() is null,
            static served => served.Use(HttpJson.TakeBodyAsync));
        map(server);

        // Not MapFallback, which leaves out paths whose last segment has a dot, as the name of a container may.
        server.Map("/{**path}", UnknownAsync).Add(static endpoint =>
        {
            ((RouteEndpointBuilder)endpoint).Order = int.MaxValue;
            endpoint.Metadata.Add(new Unserved());
        });
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

    // Of all that is refused, what a user of Docker tries first.
    private static string RemedyOf(HttpRequest request) =>
        request.Path == "/containers/create" ? ", which has no images: make a container with netctl run or netctl create" : "";

    private static Task UnknownAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        return EngineApi.Has(request.Method, request.Path.Value ?? "/")
            ? ErrorAnswers.AnswerAsync(
                context,
                StatusCodes.Status501NotImplemented,
                $"{request.Method} {request.Path} is not supported by netctl{RemedyOf(request)}")
            : ErrorAnswers.AnswerAsync(
                context, StatusCodes.Status404NotFound, $"page not found: {request.Method} {request.Path} is no path of Docker's API");
    }

    // Marks the route of all that is not served.
    private sealed record Unserved;
}
