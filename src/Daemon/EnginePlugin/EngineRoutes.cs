using System.Text.Json.Serialization.Metadata;
using Net.Daemon.Http;

namespace Net.Daemon.EnginePlugin;

/// <summary>Routes of the plug-in protocol: HTTP POST to <c>/OBJECT.METHOD</c>, a JSON document in the body and in the answer.</summary>
internal static class EngineRoutes
{
    /// <summary>Adds a method.</summary>
    /// <param name="routes">Where it is added.</param>
    /// <param name="method">The object and the method, such as <c>NetworkDriver.Join</c>.</param>
    /// <param name="request">The form of the request; an empty body is one without fields.</param>
    /// <param name="answer">The form of the answer.</param>
    /// <param name="handle">Does what is asked for.</param>
    public static void MapMethod<TRequest, TAnswer>(
        this IEndpointRouteBuilder routes,
        string method,
        JsonTypeInfo<TRequest> request,
        JsonTypeInfo<TAnswer> answer,
        Func<TRequest, Task<TAnswer>> handle)
        where TRequest : class, new() =>
        routes.MapPost($"/{method}", async (HttpContext context) =>
            await context.WriteJsonAsync(await handle(context.ReadJson(request)), answer));

    /// <summary>Adds a method whose answer says nothing but that all is well.</summary>
    public static void MapMethod<TRequest>(
        this IEndpointRouteBuilder routes, string method, JsonTypeInfo<TRequest> request, Func<TRequest, Task> handle)
        where TRequest : class, new() =>
        routes.MapMethod(method, request, EngineJson.Default.EmptyAnswer, async message =>
        {
            await handle(message);
            return new EmptyAnswer();
        });

    /// <summary>Adds a method that ends something. The Engine repeats a call whose connection broke, as when netctl is killed, without its
    /// content (moby, pkg/plugins: the reader of the content is used up by then), and not again.</summary>
    /// <param name="routes">Where it is added.</param>
    /// <param name="method">The object and the method.</param>
    /// <param name="request">The form of the request.</param>
    /// <param name="handle">Does what is asked for.</param>
    /// <param name="handleLost">Does what it can where the content was lost.</param>
    public static void MapEnd<TRequest>(
        this IEndpointRouteBuilder routes,
        string method,
        JsonTypeInfo<TRequest> request,
        Func<TRequest, Task> handle,
        Func<Task> handleLost)
        where TRequest : class, new() =>
        routes.MapPost($"/{method}", async (HttpContext context) =>
        {
            await (context.HasBody() ? handle(context.ReadJson(request)) : handleLost());
            await context.WriteJsonAsync(new EmptyAnswer(), EngineJson.Default.EmptyAnswer);
        });
}
