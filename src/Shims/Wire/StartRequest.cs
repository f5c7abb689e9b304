using Net.Cnm.Processes;

namespace Net.Shims.Wire;

/// <summary>A SandboxProcessSpec as it is sent to its shim. It goes over the socket, since an environment may hold secrets and the
/// shim's files outlive its sandbox's run.</summary>
internal sealed record StartRequest(
    string Sandbox,
    string? NamespacePath,
    string? HostName,
    IReadOnlyList<FileMount> Files,
    ProcessConfig? Process,
    LogRequest Log)
{
    internal static StartRequest From(SandboxProcessSpec spec, string logDirectory)
    {
        LogLimits limits = spec.Log.Or(LogLimits.Default);
        var log = new LogRequest(logDirectory, limits.MaximumSize!.Value, limits.MaximumFiles!.Value, spec.IsAttached);
        return new StartRequest(spec.Sandbox.Value, spec.NamespacePath, spec.HostName, spec.Files, spec.Process, log);
    }
}
