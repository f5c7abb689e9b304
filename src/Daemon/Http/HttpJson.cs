using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Net.Api;

namespace Net.Daemon.Http;

/// <summary>Reads and writes JSON bodies, and reads parameters of a request. Docker's clients omit the Content-Type, and send an empty body
/// for an empty document, so bodies are read without ASP.NET Core's model binding.</summary>
internal static class HttpJson
{
    public const int MaximumBodyBytes = 1 << 20;

    /// <summary>The largest backup that is restored, some ten thousand containers.</summary>
    public const int MaximumBackupBytes = 64 << 20;

    /// <summary>The time that a request has for its headers, and as long again for its body.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Middleware that reads the whole body of a request, whoever handles it: one that is too large or not complete in time is
    /// refused before anything is done, also where nobody looks at it.</summary>
    public static async Task TakeBodyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            MemoryStream body = await ReadBodyAsync(context);
            body.Position = 0;
            context.Request.Body = body;
        }

        await next(context);
    }

    /// <summary>Whether the request has a body that is not empty.</summary>
    public static bool HasBody(this HttpContext context) => context.Request.Body is MemoryStream { Length: > 0 };

    /// <summary>Reads the request's document; an empty body gives a new one.</summary>
    /// <exception cref="BadHttpRequestException">400: not JSON, not this document, or against <see cref="BodyRules"/>.</exception>
    public static T ReadJson<T>(this HttpContext context, JsonTypeInfo<T> type)
        where T : class, new()
    {
        if (!context.HasBody())
        {
            return new T();
        }

        try
        {
            var body = (MemoryStream)context.Request.Body;
            ReadOnlySpan<byte> json = body.GetBuffer().AsSpan(0, (int)body.Length);
            BodyRules.Check(json);
            return JsonSerializer.Deserialize(json, type) ?? new T();
        }
        catch (JsonException error)
        {
            throw new BadHttpRequestException(
                $"the request's body is not the JSON expected here, at {error.Path ?? "$"} (line {error.LineNumber + 1}, "
                    + $"byte {error.BytePositionInLine}); see Docker Engine's API for its shape",
                StatusCodes.Status400BadRequest, error);
        }
    }

    /// <exception cref="BadHttpRequestException">408: not complete after <see cref="RequestTimeout"/>. 413: over 1 MiB, or over 64 MiB
    /// where it is a backup.</exception>
    private static async Task<MemoryStream> ReadBodyAsync(HttpContext context)
    {
        int maximum = MaximumBodyBytes;
        if (context.Request.Path.Value?.EndsWith(ApiPaths.SystemRestore, StringComparison.Ordinal) == true)
        {
            maximum = MaximumBackupBytes;
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maximum;
        }

        PipeReader reader = context.Request.BodyReader;
        if (context.Request.ContentLength > maximum)
        {
            throw TooLarge(maximum);
        }

        using var limit = new CancellationTokenSource(RequestTimeout);

        // Not by the token of ReadAsync, after which the server could not read what is left of the body before it closes the connection.
        using CancellationTokenRegistration end = limit.Token.Register(reader.CancelPendingRead);
        var body = new MemoryStream();
        while (true)
        {
            ReadResult read = await ReadBodyAsync(reader, context.RequestAborted);
            foreach (ReadOnlyMemory<byte> part in read.Buffer)
            {
                body.Write(part.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (body.Length > maximum)
            {
                throw TooLarge(maximum);
            }

            if (read.IsCompleted)
            {
                return body;
            }

            if (read.IsCanceled)
            {
                throw new BadHttpRequestException(
                    $"the request's body is not complete after {RequestTimeout.TotalSeconds:0} s; send it whole, then try again",
                    StatusCodes.Status408RequestTimeout);
            }
        }
    }

    private static BadHttpRequestException TooLarge(int maximum) => new(
        $"the request's body is larger than {maximum} bytes; send less", StatusCodes.Status413PayloadTooLarge);

    // A chunk size that is too large for the web server is an IOException there, unlike all else that is wrong with a body.
    private static async ValueTask<ReadResult> ReadBodyAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            throw new BadHttpRequestException(
                $"the request's body cannot be read: {error.Message.TrimEnd('.')}", StatusCodes.Status400BadRequest, error);
        }
    }

    /// <summary>Begins the answer anew, with another status. After 408 the connection ends: the rest of the request would be taken for the
    /// next.</summary>
    public static void Restart(this HttpResponse response, int status)
    {
        response.Clear();
        response.StatusCode = status;
        if (status == StatusCodes.Status408RequestTimeout)
        {
            response.Headers.Connection = "close";
        }
    }

    public static async Task WriteJsonAsync<T>(this HttpContext context, T document, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(document, type);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Whether a query parameter is set: 1, true or True, as Docker's clients write it.</summary>
    public static bool HasFlag(this HttpContext context, string name) =>
        context.Request.Query.TryGetValue(name, out StringValues values) && values.ToString() is "1" or "true" or "True";

    /// <summary>The value of a query parameter; null when it is absent.</summary>
    public static string? Parameter(this HttpContext context, string name) =>
        context.Request.Query.TryGetValue(name, out StringValues values) ? values.ToString() : null;

    /// <summary>The <c>{id}</c> of the path: a name, an id, a unique id prefix, or the name of a link such as <c>web/db</c>, whose slash
    /// the server leaves escaped.</summary>
    public static string Reference(this HttpContext context)
    {
        string id = ((string)context.Request.RouteValues["id"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return context.Request.RouteValues["alias"] is string alias ? $"{id}/{alias}" : id;
    }
}
