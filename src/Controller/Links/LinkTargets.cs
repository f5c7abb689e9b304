using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Links;

/// <summary>What a sandbox with links to others needs of these at its start, since its variables are made then.</summary>
internal static class LinkTargets
{
    /// <summary>Demands that every link leads somewhere, if the sandbox has a network stack and is on the default network.</summary>
    /// <exception cref="CnmException">Conflict: a target does not run, or is not on that network. The messages are Docker's.</exception>
    public static void RequireRunning(ModelSnapshot model, Sandbox sandbox)
    {
        if (!sandbox.HasNetworkStack || sandbox.Links is null || LiveLink.EndpointOf(model, sandbox.Id) is null)
        {
            return;
        }

        foreach (SandboxLink link in sandbox.Links)
        {
            if (model.Find(link.Target) is not { } target)
            {
                continue;
            }

            if (!target.HasNetworkStack)
            {
                throw Conflict(
                    $"Cannot link to a non running container: /{target.Name} AS /{sandbox.Name}/{link.Alias}; start {target.Name} first");
            }

            if (LiveLink.EndpointOf(model, target.Id) is null)
            {
                throw Conflict(
                    $"Cannot link to /{target.Name}, as it does not belong to the default network; connect it with netctl network connect "
                        + $"bridge {target.Name}");
            }
        }
    }

    private static CnmException Conflict(string message) => new(CnmErrorKind.Conflict, message);
}
