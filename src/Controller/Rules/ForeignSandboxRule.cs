using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>What stands for an endpoint of another program is started, stopped and connected by that program alone.</summary>
internal static class ForeignSandboxRule
{
    /// <summary>Refuses a sandbox of another program.</summary>
    /// <exception cref="CnmException">Forbidden: the sandbox is another program's.</exception>
    public static void RequireOwn(Sandbox sandbox)
    {
        if (sandbox.StackSource == StackSource.Foreign)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"container {sandbox.Name} is Docker Engine's; do it there with docker, or, if the Engine no longer knows it, remove it "
                    + "with netctl rm -f");
        }
    }
}
