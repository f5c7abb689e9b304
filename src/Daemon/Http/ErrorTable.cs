using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>Maps kinds of errors to HTTP statuses and, for a container's command, to exit codes.</summary>
internal static class ErrorTable
{
    public static int StatusOf(CnmErrorKind kind) => kind switch
    {
        CnmErrorKind.InvalidParameter => StatusCodes.Status400BadRequest,
        CnmErrorKind.CommandNotFound => StatusCodes.Status400BadRequest,
        CnmErrorKind.CommandNotExecutable => StatusCodes.Status400BadRequest,
        CnmErrorKind.NotFound => StatusCodes.Status404NotFound,
        CnmErrorKind.Conflict => StatusCodes.Status409Conflict,
        CnmErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        CnmErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        CnmErrorKind.NotImplemented => StatusCodes.Status501NotImplemented,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The exit code of <c>run</c> and <c>exec</c>, as that of a shell; null for the client's own.</summary>
    public static int? ExitCodeOf(CnmErrorKind kind) => kind switch
    {
        CnmErrorKind.CommandNotFound => 127,
        CnmErrorKind.CommandNotExecutable => 126,
        _ => null,
    };
}
