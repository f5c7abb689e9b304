namespace Net.Api.Clients;

/// <summary>The daemon refused a request. The message is the daemon's, one sentence for the user.</summary>
public sealed class ApiException : Exception
{
    /// <summary>Makes the error for one answer.</summary>
    /// <param name="status">The HTTP status, 300 or more.</param>
    /// <param name="message">The daemon's sentence.</param>
    /// <param name="exitCode">The exit code that the daemon requests, or null.</param>
    public ApiException(int status, string message, int? exitCode = null)
        : base(message)
    {
        Status = status;
        ExitCode = exitCode;
    }

    /// <summary>The HTTP status: 400 bad request, 404 not found, 409 conflict, ...</summary>
    public int Status { get; }

    /// <summary>Whether what was asked for is not there.</summary>
    public bool IsNotFound => Status == 404;

    /// <summary>126 when a command cannot be executed, 127 when it is not found, else null.</summary>
    public int? ExitCode { get; }
}
