using Net.Cnm.Processes;

namespace Net.Shims.Wire;

/// <summary>A SandboxProcessSpec as it is sent to its shim. It goes over the socket and never into a file: an environment may hold
/// secrets.</summary>
internal sealed record StartRequest(
    string Sandbox, string? NamespacePath, string? HostName, IReadOnlyList<FileMount> Files, ProcessConfig? Process)
{
    internal static StartRequest From(SandboxProcessSpec spec) =>
        new(spec.Sandbox.Value, spec.NamespacePath, spec.HostName, spec.Files, spec.Process);
}
