using System.Runtime.InteropServices;

using Net.Linux.Processes;

namespace Net.Shims;

/// <summary>Reaps the shims that this daemon started when they end. Those of an earlier daemon are children of init.</summary>
/// <remarks>It waits for the shims' ids only, so that the runtime's <c>Process</c> class can reap its own children.</remarks>
internal sealed class ShimChildren : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _children = [];
    private readonly PosixSignalRegistration _registration;

    internal ShimChildren() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Reap());

    /// <summary>Adds a child, which may have ended already.</summary>
    internal void Add(int processId)
    {
        lock (_gate)
        {
            _children.Add(processId);
        }

        Reap();
    }

    public void Dispose() => _registration.Dispose();

    private void Reap()
    {
        lock (_gate)
        {
            _children.RemoveWhere(static child => ChildProcess.TryReap(child));
        }
    }
}
