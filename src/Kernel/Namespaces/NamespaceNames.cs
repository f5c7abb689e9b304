using Net.Linux;

namespace Net.Kernel.Namespaces;

/// <summary>The symbolic links by which <c>ip netns</c> lists our namespaces: a convenience for administrators, so failures are
/// ignored.</summary>
internal sealed class NamespaceNames(KernelPaths paths)
{
    /// <summary>The file of a name; null where there are to be no names, or the directory cannot be made.</summary>
    public string? FileOf(string name) => Directory is { } directory ? Path.Combine(directory, name) : null;

    /// <summary>The id of the sandbox whose namespace the target of a link of ours is.</summary>
    public string SandboxOf(string target) => Path.GetFileName(IsBoundFile(target) ? target : Path.GetDirectoryName(target)!);

    /// <summary>All symbolic links that lead to a namespace of ours, each with its target.</summary>
    public IEnumerable<(string Link, string Target)> All() => Directory is not { } directory
        ? []
        : System.IO.Directory.EnumerateFileSystemEntries(directory)
            .Select(link => (Link: link, Target: TargetOf(link)))
            .Where(entry => entry.Target is { } target && IsOurs(target))
            .Select(entry => (entry.Link, entry.Target!));

    /// <summary>Whether the link to that namespace is missing and could be made.</summary>
    public bool Lacks(string link, string path) => TargetOf(link) is { } target ? target != path && IsOurs(target) : !File.Exists(link);

    /// <summary>Makes the link, in the place of one to another namespace of ours; something else of that name stays.</summary>
    /// <returns>Whether it was made.</returns>
    public bool TryMake(string link, string path)
    {
        try
        {
            if (!Lacks(link, path))
            {
                return false;
            }

            if (TargetOf(link) is not null)
            {
                File.Delete(link); // the link of an earlier container of the same name
            }

            File.CreateSymbolicLink(link, path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes the link if it leads to that namespace.</summary>
    public static void TryRemove(string link, string path)
    {
        try
        {
            if (TargetOf(link) == path)
            {
                File.Delete(link);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The link stays: names are best effort.
        }
    }

    private static string? TargetOf(string link) => new FileInfo(link).LinkTarget;

    private bool IsOurs(string target) => IsBoundFile(target)
        || (paths.NamespaceLinkDirectory is { } links
            && Path.GetDirectoryName(Path.GetDirectoryName(target)) == Path.TrimEndingDirectorySeparator(links));

    private bool IsBoundFile(string target) =>
        Path.GetDirectoryName(target) == Path.TrimEndingDirectorySeparator(paths.NamespaceDirectory);

    // "ip netns add" makes the directory at its first use, and so do we.
    private string? Directory
    {
        get
        {
            try
            {
                if (paths.NamedNamespaceDirectory is { } directory)
                {
                    PrivateDirectory.Make(directory, PrivateDirectory.Usual); // as "ip netns add" makes it
                }

                return paths.NamedNamespaceDirectory;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
