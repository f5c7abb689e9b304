using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>An exclusive lock on a file, held until it is disposed of or the process ends, for whatever reason: flock(2).</summary>
/// <remarks>The file belongs to this user and only this user can open it, so that no other user can lock it: whoever may open a file for
/// reading may lock it.</remarks>
public sealed class FileLock : IDisposable
{
    private const int LockExclusive = 2; // LOCK_EX, include/uapi/asm-generic/fcntl.h
    private const int LockWithoutWaiting = 4; // LOCK_NB
    private const int OwnerOnly = 0x180; // 0600
    private const int Attempts = 100;

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file, string path)
    {
        _file = file;
        Path = path;
    }

    /// <summary>The path of the locked file or directory.</summary>
    public string Path { get; }

    /// <summary>Locks a file, and makes it when it does not exist, with mode 0600.</summary>
    /// <param name="path">The path. A symbolic link there is not followed, but replaced.</param>
    /// <returns>The lock; null when another process holds it, see <see cref="LockHolder.Find"/>.</returns>
    /// <exception cref="LinuxException">The file cannot be opened or made, such as ReadOnlyFileSystem or NoSpace.</exception>
    /// <remarks>A file that other users could open is replaced by a new one, since they may have it open still. Their lock does not count:
    /// only that of a process of this user.</remarks>
    public static FileLock? TryTake(string path)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            SafeFileHandle file = Files.Open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, OwnerOnly);
            if (file.IsInvalid && Errno.Last == Errno.SymbolicLinkLoop)
            {
                Remove(path);
                continue;
            }

            if (file.IsInvalid)
            {
                throw LinuxException.Last($"open the lock file {path}");
            }

            bool taken = TryLock(file);
            if (!IsPrivate(file))
            {
                if (!taken && LockHolder.Find(path) is not { IsOtherUser: true })
                {
                    file.Dispose();
                    return null;
                }

                Remove(path);
                file.Dispose();
                continue;
            }

            if (!taken)
            {
                file.Dispose();
                return null;
            }

            if (IsStillAt(path, file))
            {
                return new FileLock(file, path);
            }

            file.Dispose(); // its earlier holder has removed it meanwhile
        }

        throw new LinuxException($"lock {path}, which others keep replacing", Errno.Busy);
    }

    /// <summary>Locks a directory, or a file that can only be read.</summary>
    /// <returns>The lock; null when another process holds it.</returns>
    /// <exception cref="LinuxException">There is no such file or directory.</exception>
    public static FileLock? TryTakeExisting(string path)
    {
        SafeFileHandle file = Files.OpenOrThrow(path, O_RDONLY, $"open {path}");
        if (TryLock(file))
        {
            return new FileLock(file, path);
        }

        file.Dispose();
        return null;
    }

    /// <summary>Replaces the content of the locked file.</summary>
    /// <returns>None, or the error, such as NoSpace.</returns>
    public Errno Write(string text)
    {
        using (DescriptorLease descriptor = _file.Lease())
        {
            if (ftruncate(descriptor, 0) != 0)
            {
                return Errno.Last;
            }
        }

        return Descriptor.WriteAll(_file, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Removes the file; it stays locked until this object is disposed of.</summary>
    public void RemoveFile() => Remove(Path);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool TryLock(SafeFileHandle file)
    {
        using DescriptorLease descriptor = file.Lease();
        return Glibc.flock(descriptor, LockExclusive | LockWithoutWaiting) == 0;
    }

    private static bool IsPrivate(SafeFileHandle file) =>
        Files.TryReadStatus(file, out uint owner, out UnixFileMode mode)
        && owner == geteuid()
        && (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0;

    private static bool IsStillAt(string path, SafeFileHandle file)
    {
        using SafeFileHandle now = Files.Open(path, O_PATH | O_NOFOLLOW);
        return !now.IsInvalid
            && Files.TryIdentify(now, out (uint Major, uint Minor, ulong Inode) one)
            && Files.TryIdentify(file, out (uint Major, uint Minor, ulong Inode) other)
            && one == other;
    }

    private static unsafe void Remove(string path)
    {
        using var native = new NativeText(path);
        if (unlink(native) != 0 && Errno.Last != Errno.NoEntry)
        {
            throw LinuxException.Last($"remove the lock file {path}");
        }
    }
}
