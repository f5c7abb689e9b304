using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Plans;

namespace Net.Controller.Lifecycles;

/// <summary>Makes the specification from which a sandbox's shim is started.</summary>
internal static class SandboxSpecs
{
    /// <summary>The specification for a sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="holder">The sandbox that has its network stack: usually itself.</param>
    /// <param name="process">The command; null for a shim that only waits for exec.</param>
    /// <param name="paths">The paths of its run-time files.</param>
    /// <param name="options">The controller's settings.</param>
    /// <param name="isAttached">Whether a client attaches right after the start.</param>
    public static SandboxProcessSpec For(
        Sandbox sandbox,
        Sandbox holder,
        ProcessConfig? process,
        SandboxPaths paths,
        ControllerOptions options,
        bool isAttached = false) => new()
        {
            Sandbox = sandbox.Id,
            NamespacePath = holder.Mode == NetworkMode.Host ? null : paths.NamespacePath(holder),
            HostName = holder.Mode == NetworkMode.Host && sandbox.HostName == options.HostName ? null : sandbox.HostName,
            Files = paths.Mounts(holder),
            Process = process,
            Log = (sandbox.Log ?? options.Log).Or(options.Log),
            IsAttached = isAttached,
        };
}
