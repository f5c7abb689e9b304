using System.Globalization;
using Net.Linux.Descriptors;
using Net.Linux.Processes;

namespace Net.Daemon.EnginePlugin;

/// <summary>Tells network namespaces of Docker Engine's in which no process is any more: a container that has ended while the Engine was
/// away leaves its namespace behind, held by a file.</summary>
internal sealed class AbandonedStacks
{
    private readonly ProcessIdentity _engine;
    private readonly IReadOnlySet<ulong>? _occupied;

    private AbandonedStacks(ProcessIdentity engine)
    {
        _engine = engine;
        _occupied = ProcessNamespace.ReadOccupied(ProcessNamespace.Network);
    }

    /// <summary>Looks at the processes that there are now.</summary>
    /// <param name="engine">The Engine's process, whose view of the files counts: it may have a mount namespace of its own.</param>
    public static AbandonedStacks Look(ProcessIdentity engine) => new(engine);

    /// <summary>Whether a file holds a network namespace without processes. False where that cannot be seen.</summary>
    /// <param name="path">The file, the Engine's name of the namespace (SandboxKey).</param>
    public bool Contains(string path) =>
        path.Length > 0
        && _occupied is not null
        && FileIdentity.Read(PlaceOf(path)) is { } stack
        && FileIdentity.Read("/proc/self/ns/net") is { } own
        && (stack.Major, stack.Minor) == (own.Major, own.Minor) // a file of nsfs, on which a namespace is held
        && !_occupied.Contains(stack.Inode)
        && _engine.IsRunning;

    // /var/run is a link to /run (Filesystem Hierarchy Standard 5.13), and an absolute one would lead out of the Engine's root.
    private string PlaceOf(string path) => string.Create(
        CultureInfo.InvariantCulture,
        $"/proc/{_engine.Id}/root{(path.StartsWith("/var/run/", StringComparison.Ordinal) ? path["/var".Length..] : path)}");
}
