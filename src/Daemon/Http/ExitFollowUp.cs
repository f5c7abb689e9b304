using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Controller;

namespace Net.Daemon.Http;

/// <summary>What follows the exit of a command.</summary>
internal static class ExitFollowUp
{
    /// <summary>Waits until all that follows the exit of the command that runs now has been done, the removal with --rm included, since a
    /// client that was told of the exit may count on it. Called before the exit: a container that is restarted soon runs another
    /// command.</summary>
    /// <returns>The waiting.</returns>
    public static Func<Task> Of(NetworkController controller, SandboxId sandbox, CancellationToken cancellationToken)
    {
        Func<Task<int>> exit = controller.WatchExit(sandbox);
        return async () =>
        {
            try
            {
                await exit().WaitAsync(cancellationToken);
            }
            catch (CnmException)
            {
                // The container was removed already, or the log has the error.
            }
        };
    }
}
