using System.Globalization;
using Net.Linux.Descriptors;
using Net.Linux.Processes;

namespace Net.Daemon.EnginePlugin;

/// <summary>Tells network namespaces of Docker Engine's in which no process is any more: a container that has ended while the Engine was
/// away leaves its namespace behind, held by a file, or the file alone.</summary>
/// <param name="engine">The Engine's process, whose view of the files counts: it may have a mount namespace of its own.</param>
internal sealed class AbandonedStacks(ProcessIdentity engine)
{
    private readonly string _root = string.Create(CultureInfo.InvariantCulture, $"/proc/{engine.Id}/root");
    private readonly Lazy<HashSet<ulong>> _occupied = new(static () =>
        [.. ProcessStatus.ReadAll().Select(static process => ProcessNamespace.Read(process.Id, ProcessNamespace.Network) ?? 0)]);

    /// <summary>Whether a file holds no network namespace, or one without processes. False where that cannot be seen.</summary>
    /// <param name="path">The file, the Engine's name of the namespace (SandboxKey).</param>
    public bool Contains(string path)
    {
        if (path.Length == 0 || !Directory.Exists(_root + Path.GetDirectoryName(path)))
        {
            return false;
        }

        return FileIdentity.Read(_root + path) is not { } stack
            || FileIdentity.Read("/proc/self/ns/net") is not { } own
            || (stack.Major, stack.Minor) != (own.Major, own.Minor) // not on nsfs: nothing is held
            || !_occupied.Value.Contains(stack.Inode);
    }
}
