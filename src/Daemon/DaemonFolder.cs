using Net.Linux;

namespace Net.Daemon;

/// <summary>Makes the daemon's folders, and closes existing ones to other users.</summary>
internal static class DaemonFolder
{
    /// <summary>Only root may list or enter: what is in there are secrets, locks and files that root trusts.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Everybody may go through to a file whose name they know, such as the API's socket; nobody else may list or
    /// write.</summary>
    public const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF; // 0777
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ReadableFile = OwnersFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // What shows that a folder is a daemon's already.
    private static readonly string[] Marks = [DaemonLocks.PidFile, Composition.StoreFile, NamespaceLock.FolderName];

    /// <summary>Makes a root of the daemon, or takes from an existing one what its mode does not give, and from everything in it the
    /// permission of others to write.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="remedy">What an administrator can do, such as <c>give the daemon another --data-root</c>.</param>
    /// <exception cref="DaemonStartException">The folder belongs to another user, or it holds other things and others may write
    /// there.</exception>
    public static void PrepareRoot(string path, UnixFileMode mode, string remedy)
    {
        if (PrivateDirectory.Make(path, mode))
        {
            return;
        }

        if (!PrivateDirectory.IsOwn(path))
        {
            if (!Environment.IsPrivilegedProcess)
            {
                throw new UnauthorizedAccessException(path);
            }

            throw new DaemonStartException($"{path} belongs to another user, who could replace what the daemon writes; {remedy}");
        }

        // A folder that is not the daemon's alone, such as /run, keeps its mode.
        if (FindForeign(path) is not { } foreign)
        {
            Restrict(path, mode);
        }
        else if ((File.GetUnixFileMode(path) & OthersWrite) != 0)
        {
            throw new DaemonStartException(
                $"{path} may be written by other users and holds other things ({foreign}); {remedy}, or chmod go-w that one");
        }
    }

    /// <summary>Makes a folder inside of a root, for root alone, or restricts an existing one to that, with all that is in it. What is in
    /// one that was root's alone is not looked at, since nobody else could reach it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isShared">Whether its files are mounted in containers, where every user may read them.</param>
    public static void PrepareInside(string path, bool isShared = false)
    {
        if (!PrivateDirectory.Make(path, OwnerOnly))
        {
            Close(new DirectoryInfo(path), isShared ? ReadableFile : OwnersFile);
        }
    }

    /// <summary>Takes a file inside of a root from everybody but root; it need not be there.</summary>
    public static void CloseFile(string path)
    {
        var file = new FileInfo(path);
        if (file is { Exists: true, LinkTarget: null })
        {
            Restrict(file, OwnersFile);
        }
    }

    /// <summary>Something in a folder that shows that it is not the daemon's alone; null when it is the daemon's, or empty.</summary>
    private static string? FindForeign(string path)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry))];
        return names.Intersect(Marks).Any() ? null : names.FirstOrDefault(name => name != "lost+found");
    }

    // The folder comes before what is in it: after that nobody else can put another file in the place of one whose mode is set.
    private static void Restrict(string path, UnixFileMode mode)
    {
        if ((Restrict(new DirectoryInfo(path), mode) & OthersWrite) == 0)
        {
            return;
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (FileSystemInfo entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", options))
        {
            if ((entry.UnixFileMode & OthersWrite) != 0)
            {
                UnlessGone(() => entry.UnixFileMode &= ~OthersWrite);
            }
        }
    }

    private static void Close(DirectoryInfo folder, UnixFileMode fileMode)
    {
        if (Restrict(folder, OwnerOnly) == UnixFileMode.None)
        {
            return;
        }

        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", options))
        {
            UnlessGone(() =>
            {
                if (entry is DirectoryInfo inner)
                {
                    Close(inner, fileMode);
                }
                else
                {
                    Restrict(entry, fileMode);
                }
            });
        }
    }

    // Shims end meanwhile, and take their files with them.
    private static void UnlessGone(Action body)
    {
        try
        {
            body();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
        }
    }

    /// <returns>What it had beyond this mode.</returns>
    private static UnixFileMode Restrict(FileSystemInfo entry, UnixFileMode mode)
    {
        UnixFileMode present = entry.UnixFileMode & Permissions;
        if ((present & ~mode) != 0)
        {
            entry.UnixFileMode = present & mode;
        }

        return present & ~mode;
    }
}
