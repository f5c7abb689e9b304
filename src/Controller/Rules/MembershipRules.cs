using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>Which sandboxes may join and leave which networks.</summary>
internal static class MembershipRules
{
    /// <summary>Refuses the networks host and none, and the sandboxes on them: these have their one network for life.</summary>
    /// <exception cref="CnmException">Forbidden.</exception>
    public static void RequireChangeable(Sandbox sandbox, Network network)
    {
        if (sandbox.Mode == NetworkMode.Host || network is { IsPredefined: true, Name: "host" })
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name} cannot be disconnected from host network or connected to host network; create another container with the networks it is to have");
        }

        if (sandbox.Mode == NetworkMode.None || network is { IsPredefined: true, Name: "none" })
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name} cannot be connected to multiple networks with one of the networks in private (none) mode; create another container with the networks it is to have");
        }
    }
}
