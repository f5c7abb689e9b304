using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Plans;

namespace Net.Controller.Lifecycles;

/// <summary>What a sandbox's shim is told.</summary>
internal static class SandboxSpecs
{
    /// <summary>The spec for a sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="process">The command; null for a shim that only waits.</param>
    /// <param name="paths">Where its files are.</param>
    /// <param name="nameOfHost">What a container in host mode keeps.</param>
    public static SandboxProcessSpec For(Sandbox sandbox, ProcessConfig? process, SandboxPaths paths, string nameOfHost) => new()
    {
        Sandbox = sandbox.Id,
        NamespacePath = sandbox.Mode == NetworkMode.Host ? null : paths.NamespacePath(sandbox),
        HostName = sandbox.Mode == NetworkMode.Host && sandbox.HostName == nameOfHost ? null : sandbox.HostName,
        Files = paths.Mounts(sandbox),
        Process = process,
    };
}
