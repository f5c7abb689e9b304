using System.Runtime.InteropServices;

using Net.Linux.Processes;

namespace Net.Shims.Orphans;

/// <summary>Reaps the shims that this daemon started. Those of an earlier daemon belong to init.</summary>
/// <remarks>Only their own ids are waited for, so that the runtime's process class keeps its children.</remarks>
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
