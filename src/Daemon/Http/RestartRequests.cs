using Net.Api.Containers;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http;

/// <summary>Turns Docker's restart policy of a request into that of a container, and back.</summary>
internal static class RestartRequests
{
    private const string Never = "no";
    private const string OnFailure = "on-failure";
    private const string Always = "always";
    private const string UnlessStopped = "unless-stopped";

    /// <summary>Parses a policy.</summary>
    /// <returns>The policy; null for <c>no</c>, an empty name or no document at all.</returns>
    /// <exception cref="CnmException">InvalidParameter: there is no such policy, or it takes no such number of retries.</exception>
    public static SandboxRestartPolicy? Parse(RestartPolicy? policy)
    {
        int retries = policy?.MaximumRetryCount ?? 0;
        if (policy?.Name == OnFailure)
        {
            return retries >= 0
                ? new SandboxRestartPolicy { Kind = RestartKind.OnFailure, MaximumRetries = retries }
                : throw Invalid("maximum retry count cannot be negative");
        }

        RestartKind? kind = policy?.Name switch
        {
            null or "" or Never => null,
            Always => RestartKind.Always,
            UnlessStopped => RestartKind.UnlessStopped,
            var unknown => throw Invalid(
                $"unknown policy '{unknown}'; use one of '{Never}', '{Always}', '{OnFailure}', or '{UnlessStopped}'"),
        };
        return retries != 0
            ? throw Invalid(
                "maximum retry count can only be used with 'on-failure'" + (retries < 0 ? " and cannot be negative" : ""))
            : kind is { } k ? new SandboxRestartPolicy { Kind = k } : null;
    }

    /// <summary>The document of a policy.</summary>
    public static RestartPolicy ViewOf(SandboxRestartPolicy? policy) => policy is null ? new RestartPolicy() : new RestartPolicy
    {
        Name = policy.Kind switch
        {
            RestartKind.OnFailure => OnFailure,
            RestartKind.Always => Always,
            _ => UnlessStopped,
        },
        MaximumRetryCount = policy.MaximumRetries,
    };

    private static CnmException Invalid(string problem) => new(CnmErrorKind.InvalidParameter, $"invalid restart policy: {problem}");
}
