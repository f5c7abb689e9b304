using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using Net.Api;
using Net.Api.Daemons;

namespace Net.Daemon.Http.Refusals;

/// <summary>Gives Docker's form, <c>{"message": "..."}</c>, to the answers with which the web server refuses requests before any handler
/// sees them: a bad request line, a request line or headers that are too long, a path that cannot be decoded, a header that is
/// late.</summary>
/// <remarks>The server (Kestrel) has no setting for these answers. It announces each by the event "BadRequest" of its diagnostic listener,
/// before it writes it; then the answer is replaced in <see cref="RefusalOutput"/>.</remarks>
internal sealed class ServerRefusals : IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequestEvent = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Prepares the connections of a socket for other answers.</summary>
    public static void Prepare(ListenOptions socket) => socket.Use(next => async connection =>
    {
        var output = new RefusalOutput(connection.Transport.Output);
        connection.Features.Set(output);
        connection.Transport = new Duplex(connection.Transport.Input, output);
        await next(connection);
    });

    /// <summary>Listens to the events of a server.</summary>
    public static void Listen(WebApplication server) =>
        server.Services.GetRequiredService<DiagnosticListener>().Subscribe(new ServerRefusals(), static name => name == BadRequestEvent);

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection request
            && request.Get<RefusalOutput>() is { } output
            && request.Get<IBadRequestExceptionFeature>()?.Error is Microsoft.AspNetCore.Http.BadHttpRequestException error
            && request.Get<IHttpResponseFeature>() is { HasStarted: false }
            && request.Get<IHttpRequestFeature>()?.Method != HttpMethods.Head)
        {
            output.Refuse(AnswerOf(error));
        }
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
        // The server has ended.
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        // The listener of a server reports no errors.
    }

    private static byte[] AnswerOf(Microsoft.AspNetCore.Http.BadHttpRequestException error)
    {
        string message = $"the request is refused: {error.Message.TrimEnd('.')}; see Docker Engine's API for its form";
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new ErrorResponse { Message = message }, ApiJson.Wire.ErrorResponse);
        string head = $"HTTP/1.1 {error.StatusCode} {ReasonPhrases.GetReasonPhrase(error.StatusCode)}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
