using Net.Api;
using Net.Api.Daemons;
using Net.Cnm.Errors;
using Net.Linux;
using Net.Linux.Terminals;

namespace Net.Daemon.Http;

/// <summary>Middleware that turns exceptions of handlers into answers of Docker's form: <c>{"message": "..."}</c>.</summary>
internal sealed partial class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (CnmException error)
        {
            await AnswerAsync(context, ErrorTable.StatusOf(error.Kind), error.Message, ErrorTable.ExitCodeOf(error.Kind));
            if (error.Kind == CnmErrorKind.Internal)
            {
                LogInternal(error, context.Request.Method, context.Request.Path);
            }
            else if (error.Kind == CnmErrorKind.Unavailable)
            {
                LogUnavailable(context.Request.Method, context.Request.Path, error.Message);
            }
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(context, error.StatusCode, error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has closed the connection.
        }
        catch (IOException error) when (DiskFault.Describe(error, "that file") is { } fault)
        {
            string message = $"{error.Message}: {fault}, then try again";
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, message);
            LogUnavailable(context.Request.Method, context.Request.Path, message);
        }
        catch (Exception error)
        {
            LogUnexpected(error, context.Request.Method, context.Request.Path);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError,
                $"the daemon failed at {context.Request.Method} {context.Request.Path}: {error.Message}; its log has more");
        }
    }

    public static async Task AnswerAsync(HttpContext context, int status, string message, int? exitCode = null)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.Restart(status);
        await context.WriteJsonAsync(
            new ErrorResponse { Message = TerminalText.Escape(message), ExitCode = exitCode }, ApiJson.Wire.ErrorResponse);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogInternal(Exception error, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} is refused: {Reason}")]
    private partial void LogUnavailable(string method, PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path}: an error nobody expected")]
    private partial void LogUnexpected(Exception error, string method, PathString path);
}
