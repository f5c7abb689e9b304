using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>What a start that failed leaves in its sandbox. The numbers are Docker's.</summary>
internal static class FailedStartRule
{
    private const int NotFound = 127;
    private const int NotExecutable = 126;
    private const int NotStarted = 128;

    /// <summary>The sandbox with the error. Its exit code stays that of its last command when its restart policy goes on to start
    /// it, but not when the start was that of a restart.</summary>
    /// <param name="sandbox">The sandbox as it was before the start.</param>
    /// <param name="error">The error.</param>
    public static Sandbox Record(Sandbox sandbox, CnmException error) => sandbox with
    {
        StartError = error.Message,
        ExitCode = sandbox is { IsRestarting: true, EndedFor: null } ? sandbox.ExitCode : error.Kind switch
        {
            CnmErrorKind.CommandNotFound => NotFound,
            CnmErrorKind.CommandNotExecutable => NotExecutable,
            _ => sandbox.ExitCode is null or 0 ? NotStarted : sandbox.ExitCode,
        },
    };
}
