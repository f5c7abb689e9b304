using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>Which sandboxes may be connected to and disconnected from which networks.</summary>
internal static class MembershipRules
{
    /// <summary>Refuses the networks host and none, and the sandboxes on them, which keep their only network until they are
    /// removed.</summary>
    /// <exception cref="CnmException">Forbidden: the sandbox or the network is one of these.</exception>
    public static void RequireChangeable(Sandbox sandbox, Network network)
    {
        ForeignSandboxRule.RequireOwn(sandbox);
        if (sandbox.Mode == NetworkMode.Container)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name}: container sharing network namespace with another container or host cannot be connected to any "
                    + "other network; connect the container whose network it shares");
        }

        bool host = network is { IsPredefined: true, Name: "host" };
        if (sandbox.Mode == NetworkMode.Host && !host)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name}: container sharing network namespace with another container or host cannot be connected to any "
                    + "other network; create another container with the networks it is to have");
        }

        if (host)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name} cannot be disconnected from host network or connected to host network; "
                    + "create another container with the networks it is to have");
        }

        if (sandbox.Mode == NetworkMode.None || network is { IsPredefined: true, Name: "none" })
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name} cannot be connected to multiple networks with one of the networks in private (none) mode; "
                    + "create another container with the networks it is to have");
        }
    }
}
