using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Primitives;

namespace Net.Daemon.Http;

/// <summary>Reads and writes JSON bodies, and reads parameters of a request. Docker's clients omit the Content-Type, and send an empty body
/// for an empty document, so bodies are read without ASP.NET Core's model binding.</summary>
internal static class HttpJson
{
    public const int MaximumBodyBytes = 1 << 20;

    /// <summary>Reads the request's document; an empty body gives a new one.</summary>
    /// <exception cref="BadHttpRequestException">400: not JSON, or not this document. 413: over 1 MiB.</exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type)
        where T : class, new()
    {
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await ReadBodyAsync(context, buffer)) > 0)
        {
            if (body.Length + read > MaximumBodyBytes)
            {
                throw new BadHttpRequestException(
                    $"the request's body is larger than {MaximumBodyBytes} bytes; send less", StatusCodes.Status413PayloadTooLarge);
            }

            body.Write(buffer, 0, read);
        }

        if (body.Length == 0)
        {
            return new T();
        }

        try
        {
            ReadOnlySpan<byte> json = body.GetBuffer().AsSpan(0, (int)body.Length);
            RefuseNullInArrays(json);
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

    // A chunk size that is too large for the web server is an IOException there, unlike all else that is wrong with a body.
    private static async ValueTask<int> ReadBodyAsync(HttpContext context, byte[] buffer)
    {
        try
        {
            return await context.Request.Body.ReadAsync(buffer, context.RequestAborted);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            throw new BadHttpRequestException(
                $"the request's body cannot be read: {error.Message.TrimEnd('.')}", StatusCodes.Status400BadRequest, error);
        }
    }

    // A field that is null counts as absent. A null in a list has no meaning, and no handler has to expect one.
    private static void RefuseNullInArrays(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var inArray = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    inArray.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    inArray.Pop();
                    break;
                case JsonTokenType.Null when inArray.TryPeek(out bool isItem) && isItem:
                    throw new JsonException(
                        "null in a list", path: "a null in a list", lineNumber: 0, bytePositionInLine: reader.TokenStartIndex);
            }
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
