namespace Net.Cnm.Sandboxes;

/// <summary>Where a sandbox finds the network namespace that it adopts, which another program made.</summary>
/// <param name="Path">A file that the namespace is bound to, such as /run/netns/NAME, or /proc/PID/ns/net.</param>
/// <param name="StartTicks">For a process, its start time in clock ticks since boot (/proc/PID/stat); null for a file.</param>
public sealed record NamespaceSource(string Path, ulong? StartTicks = null)
{
    /// <summary>The directory in which <c>ip netns</c> keeps its names.</summary>
    private const string Named = "/run/netns";

    /// <summary>Whether <c>ip netns</c> lists the namespace already.</summary>
    public bool HasName => System.IO.Path.GetDirectoryName(Path) is Named or "/var/run/netns";
}
