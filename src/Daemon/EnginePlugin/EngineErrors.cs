using Net.Cnm.Errors;
using Net.Daemon.Http;
using Net.Linux.Terminals;

namespace Net.Daemon.EnginePlugin;

/// <summary>Middleware that turns exceptions of handlers into answers of the plug-in protocol's form. The Engine shows their text to its
/// users.</summary>
internal sealed partial class EngineErrors(RequestDelegate next, ILogger<EngineErrors> log)
{
    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (CnmException error)
        {
            // 200: with another status the Engine shows the name of the method before the text.
            LogRefused(context.Request.Path, error.Message);
            await AnswerAsync(context, StatusCodes.Status200OK, error.Message);
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(context, error.StatusCode, error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The Engine has closed the connection.
        }
        catch (Exception error)
        {
            LogUnexpected(error, context.Request.Path);
            await AnswerAsync(
                context, StatusCodes.Status500InternalServerError, $"netctl failed: {error.Message}; its log has more");
        }
    }

    /// <summary>Answers with an error.</summary>
    public static async Task AnswerAsync(HttpContext context, int status, string message)
    {
        if (!context.Response.HasStarted)
        {
            string text = TerminalText.Escape(message);
            context.Response.Restart(status);
            await context.WriteJsonAsync(new ErrorAnswer(text, text), EngineJson.Default.ErrorAnswer);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Docker Engine's {Path} is refused: {Reason}")]
    private partial void LogRefused(PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Docker Engine's {Path}: an error nobody expected")]
    private partial void LogUnexpected(Exception error, PathString path);
}
