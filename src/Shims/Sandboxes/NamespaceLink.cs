using Net.Cnm.Sandboxes;

namespace Net.Shims.Sandboxes;

/// <summary>The link in a shim's directory to the network namespace that the shim lives in, for the names of <c>ip netns</c>.</summary>
internal static class NamespaceLink
{
    /// <summary>Makes the link, in the place of one that an earlier shim of the sandbox has left.</summary>
    /// <param name="directory">The directory of this process's shim.</param>
    /// <exception cref="IOException">The disk is full or the directory is gone.</exception>
    internal static void Make(string directory)
    {
        string path = Path.Combine(directory, ExecRoot.NamespaceLinkName);
        File.Delete(path);
        File.CreateSymbolicLink(path, $"/proc/{Environment.ProcessId}/ns/net");
    }
}
