using Net.Cnm.Errors;

namespace Net.Daemon.EnginePlugin;

/// <summary>The options that the Engine passes on beside its own. Its own are named <c>com.docker.network.</c>, and each version has more
/// of them; what is named otherwise comes from a user.</summary>
internal static class EngineOptions
{
    /// <summary>Refuses options of users, since there are none.</summary>
    /// <param name="names">The names of all options.</param>
    /// <param name="what">What they would be, for the message.</param>
    /// <param name="flag">The flag of Docker's client that gives them.</param>
    /// <exception cref="CnmException">InvalidParameter: there is one.</exception>
    public static void RequireKnown(IEnumerable<string> names, string what, string flag)
    {
        if (names.FirstOrDefault(name => !name.StartsWith("com.docker.network.", StringComparison.Ordinal)) is { } unknown)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"option {unknown}: netctl knows no such option of {what}; leave {flag} out");
        }
    }
}
