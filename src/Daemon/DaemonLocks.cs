using System.Globalization;
using Net.Cnm.Sandboxes;
using Net.Linux;

namespace Net.Daemon;

/// <summary>Prevents a second daemon on the same directories or in the same network namespace, and makes these directories.</summary>
/// <remarks>All locks are on files that only root can open, so nobody else can take one. The kernel releases them when the process ends,
/// for whatever reason.</remarks>
internal sealed class DaemonLocks : IDisposable
{
    /// <summary>The file in each root that is locked; that of the exec root holds the process id.</summary>
    public const string PidFile = "netctl.pid";

    private readonly FileLock _execRoot;
    private readonly FileLock _dataRoot;
    private readonly NamespaceLock _namespace;

    private DaemonLocks(FileLock execRoot, FileLock dataRoot, NamespaceLock networkNamespace)
    {
        _execRoot = execRoot;
        _dataRoot = dataRoot;
        _namespace = networkNamespace;
    }

    /// <summary>What an administrator should know of how the locks were taken; null when all is as usual.</summary>
    public string? Warning => _namespace.Warning;

    /// <summary>Makes the directories, takes the locks and writes the process id file.</summary>
    /// <exception cref="DaemonStartException">Another daemon uses a directory or the namespace, or a directory cannot be
    /// used.</exception>
    public static DaemonLocks Take(DaemonOptions options)
    {
        FileLock execRoot = LockRoot(options.ExecRoot, "--exec-root", DaemonFolder.Passable, mayBeFixed: false);
        FileLock? dataRoot = null;
        try
        {
            var inside = new ExecRoot(options.ExecRoot);
            DaemonFolder.PrepareInside(inside.NamespaceDirectory, isShared: true);
            DaemonFolder.PrepareInside(inside.SandboxDirectory, isShared: true);
            DaemonFolder.PrepareInside(inside.ShimDirectory);
            DaemonFolder.PrepareInside(inside.MirrorDirectory);
            DaemonFolder.CloseFile(inside.LastCommitPath);
            dataRoot = LockRoot(options.DataRoot, "--data-root", DaemonFolder.OwnerOnly, mayBeFixed: true);
            CloseLogs(options.LogDirectory);
            var locks = new DaemonLocks(execRoot, dataRoot, NamespaceLock.Take(options.ExecRoot));

            // On a full disk the file stays empty; the lock is what counts.
            _ = execRoot.Write($"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n");
            return locks;
        }
        catch
        {
            dataRoot?.Dispose();
            execRoot.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _namespace.Dispose();
        _ = _execRoot.Write("");
        _execRoot.Dispose();
        _dataRoot.Dispose();
    }

    private static void CloseLogs(string directory)
    {
        try
        {
            DaemonFolder.PrepareInside(directory);
        }
        catch (IOException)
        {
            // A disk that is full or read-only. What runs is served all the same, and each start of a command says what is wrong.
        }
    }

    private static FileLock LockRoot(string root, string flag, UnixFileMode mode, bool mayBeFixed)
    {
        string path = Path.Combine(root, PidFile);
        try
        {
            return TryLock(root, flag, path, mode, mayBeFixed) ?? throw new DaemonStartException(
                $"{root} belongs to a daemon that is running already{NameHolder(path)}; stop that one, or give this one another {flag}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DaemonStartException($"cannot write {root}: permission denied; run the daemon as root, or give it another {flag}");
        }
        catch (IOException error) when (DiskFault.ErrnoOf(error) == Errno.AccessDenied)
        {
            throw new DaemonStartException($"cannot write {root}: permission denied; run the daemon as root, or give it another {flag}");
        }
        catch (IOException error) when (DiskFault.ErrnoOf(error) == Errno.ReadOnlyFileSystem)
        {
            throw new DaemonStartException(
                $"cannot use {root}: its file system is read-only; make it writable, or give the daemon another {flag}");
        }
        catch (IOException error)
        {
            throw new DaemonStartException($"cannot use {root}: {error.Message}; give the daemon another {flag}");
        }
    }

    private static FileLock? TryLock(string root, string flag, string path, UnixFileMode mode, bool mayBeFixed)
    {
        try
        {
            DaemonFolder.PrepareRoot(root, mode, $"give the daemon a folder of its own with {flag}");
            return PatientLock.TryTake(path);
        }
        catch (IOException error) when (mayBeFixed && Directory.Exists(root) && DiskFault.Describe(error, root) is not null)
        {
            // The disk is full or read-only: what is there can be locked, and read.
            return FileLock.TryTakeExisting(File.Exists(path) ? path : root);
        }
    }

    /// <summary>The process that holds a lock file, in parentheses; empty when it cannot be found.</summary>
    internal static string NameHolder(string path) => LockHolder.Find(path) is { } holder
        ? string.Create(CultureInfo.InvariantCulture, $" (process {holder.ProcessId})")
        : "";
}
