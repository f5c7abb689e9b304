using Net.Api;
using Net.Api.Daemons;

namespace Net.Daemon.Http;

/// <summary>Middleware that puts the headers into every answer that the Engine puts there.</summary>
internal static class EngineHeaders
{
    /// <summary>The headers.</summary>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        (ApiPaths.ApiVersionHeader, ApiPaths.ApiVersion),
        ("Docker-Experimental", "false"),
        ("Ostype", "linux"),
        ("Server", $"netctl/{ProductVersion.Number} (linux)"),
    ];

    /// <summary>Adds the headers when the answer begins, since an error clears those of before.</summary>
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            foreach ((string name, string value) in All)
            {
                ((HttpResponse)state).Headers[name] = value;
            }

            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }
}
