using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Plans;

namespace Net.Controller.Lifecycles;

/// <summary>Makes the specification from which a sandbox's shim is started.</summary>
internal static class SandboxSpecs
{
    /// <summary>The specification for a sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="process">The command; null for a shim that only waits for exec.</param>
    /// <param name="paths">The paths of its run-time files.</param>
    /// <param name="nameOfHost">The host's name, which a container in mode host keeps.</param>
    public static SandboxProcessSpec For(Sandbox sandbox, ProcessConfig? process, SandboxPaths paths, string nameOfHost) => new()
    {
        Sandbox = sandbox.Id,
        NamespacePath = sandbox.Mode == NetworkMode.Host ? null : paths.NamespacePath(sandbox),
        HostName = sandbox.Mode == NetworkMode.Host && sandbox.HostName == nameOfHost ? null : sandbox.HostName,
        Files = paths.Mounts(sandbox),
        Process = process,
    };
}
