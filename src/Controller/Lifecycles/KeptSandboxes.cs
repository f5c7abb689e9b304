using System.Collections.Concurrent;
using Net.Cnm.Identifiers;

namespace Net.Controller.Lifecycles;

/// <summary>A set of sandboxes, each in it while an operation that has its turn wants it so: those that are not removed when their command
/// exits, although they were made with <c>--rm</c>, or those whose end an operation follows up.</summary>
internal sealed class KeptSandboxes
{
    private readonly ConcurrentDictionary<SandboxId, bool> _kept = new();

    /// <summary>Whether the sandbox is kept.</summary>
    public bool Contains(SandboxId sandbox) => _kept.ContainsKey(sandbox);

    /// <summary>Keeps a sandbox until the result is disposed of. The caller has the sandbox's turn.</summary>
    public IDisposable Keep(SandboxId sandbox)
    {
        _kept[sandbox] = true;
        return new Keeping(this, sandbox);
    }

    private sealed class Keeping(KeptSandboxes all, SandboxId sandbox) : IDisposable
    {
        public void Dispose() => all._kept.TryRemove(sandbox, out _);
    }
}
