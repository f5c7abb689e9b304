using System.Globalization;
using System.Text.RegularExpressions;
using Net.Linux;

namespace Net.Daemon;

/// <summary>The lock on the network namespace in which the daemon works: a file whose name has the inode number of the namespace.</summary>
/// <remarks>
/// Daemons in different mount namespaces of a host, and with different roots, have to meet at one place that only root can touch. That is
/// <c>/run/netctl/locks</c>, whatever --exec-root is: <c>unshare -m</c>, <c>ip netns exec</c> and a unit's PrivateMounts= leave /run the
/// same file system. An abstract Unix socket would belong to the namespace itself, but any user can bind one first. The number is unique
/// among the namespaces that exist; a file that is left of an earlier one is not locked by anybody.
/// </remarks>
internal sealed partial class NamespaceLock : IDisposable
{
    /// <summary>The name of the directory of the locks.</summary>
    public const string FolderName = "locks";

    private const string Place = "/run/netctl";
    private static readonly TimeSpan FolderLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FolderInterval = TimeSpan.FromMilliseconds(20);

    private readonly FileLock _file;

    private NamespaceLock(FileLock file, string? warning)
    {
        _file = file;
        Warning = warning;
    }

    /// <summary>What is not guarded, because the usual place could not be used; null when it could.</summary>
    public string? Warning { get; }

    /// <summary>Takes the lock.</summary>
    /// <param name="execRoot">The directory that is used where /run cannot be written.</param>
    /// <exception cref="DaemonStartException">Another daemon works in this namespace.</exception>
    public static NamespaceLock Take(string execRoot)
    {
        try
        {
            DaemonFolder.PrepareRoot(Place, DaemonFolder.Passable, "give it to root alone");
            return TakeIn(Path.Combine(Place, FolderName), warning: null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return TakeIn(
                Path.Combine(execRoot, FolderName),
                $"the lock of this network namespace is in {execRoot}, because {Place} cannot be used ({error.Message}): a daemon with "
                    + "another --exec-root would not be seen");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // Without the lock of the directory, another daemon could be between opening this file and locking it. Then it stays.
            using FileLock? folder = FileLock.TryTakeExisting(Path.GetDirectoryName(_file.Path)!);
            if (folder is not null)
            {
                _file.RemoveFile();
            }
        }
        catch (IOException)
        {
            // The next daemon removes it.
        }

        _file.Dispose();
    }

    private static NamespaceLock TakeIn(string directory, string? warning)
    {
        DaemonFolder.PrepareInside(directory);
        using FileLock folder = WaitFor(directory);
        string path = Path.Combine(directory, $"net-{Inode()}.lock");
        RemoveUnused(directory, path);
        FileLock file = PatientLock.TryTake(path) ?? throw new DaemonStartException(
            $"another netctl daemon{DaemonLocks.NameHolder(path)} runs in this network namespace; stop it, or start this one in a "
                + "namespace of its own");
        _ = file.Write($"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n");
        return new NamespaceLock(file, warning);
    }

    // Daemons hold the directory's lock for the time of a few system calls.
    private static FileLock WaitFor(string directory)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < FolderLimit; waited += FolderInterval)
        {
            if (FileLock.TryTakeExisting(directory) is { } taken)
            {
                return taken;
            }

            Thread.Sleep(FolderInterval);
        }

        throw new DaemonStartException(
            $"another netctl daemon{DaemonLocks.NameHolder(directory)} has been starting or stopping for {FolderLimit.TotalSeconds} "
                + $"seconds and holds {directory}; look what stops it");
    }

    // A daemon that was killed leaves its file.
    private static void RemoveUnused(string directory, string own)
    {
        foreach (string path in Directory.EnumerateFiles(directory, "net-*.lock").Where(path => path != own))
        {
            using FileLock? unused = FileLock.TryTake(path);
            unused?.RemoveFile();
        }
    }

    // The link of a namespace reads net:[4026531840]: namespaces(7).
    private static string Inode() => Digits().Match(new FileInfo("/proc/self/ns/net").LinkTarget ?? "") is { Success: true } number
        ? number.Value
        : throw new DaemonStartException("/proc/self/ns/net cannot be read; mount /proc, by which the daemon knows its network namespace");

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
