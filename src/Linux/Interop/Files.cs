using Microsoft.Win32.SafeHandles;

using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Interop;

/// <summary>System calls on paths and open files that several types share. A call that fails leaves its error in
/// <see cref="Errno.Last"/>.</summary>
internal static unsafe class Files
{
    /// <summary>Opens a file close-on-exec: open(2).</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="flags">The O_* flags of open(2); O_CLOEXEC is added.</param>
    /// <param name="mode">The permission bits of a file that O_CREAT creates, less the umask.</param>
    /// <returns>The descriptor; an invalid one when the call failed.</returns>
    internal static SafeFileHandle Open(string path, int flags, int mode = 0)
    {
        using var native = new NativeText(path);
        return new SafeFileHandle(open(native, flags | O_CLOEXEC, (mode_t)(uint)mode), ownsHandle: true);
    }

    /// <summary>Opens a file as <see cref="Open"/> does, but throws an error; <paramref name="operation"/> describes the call in its
    /// message.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    internal static SafeFileHandle OpenOrThrow(string path, int flags, string operation, int mode = 0)
    {
        SafeFileHandle handle = Open(path, flags, mode);
        if (handle.IsInvalid)
        {
            LinuxException error = LinuxException.Last(operation);
            handle.Dispose();
            throw error;
        }

        return handle;
    }

    /// <summary>Reads the device and inode numbers of an open file by statx(2), whose struct has the same layout on every
    /// architecture.</summary>
    /// <returns>Whether the call succeeded.</returns>
    internal static bool TryIdentify(SafeFileHandle file, out (uint Major, uint Minor, ulong Inode) identity)
    {
        using DescriptorLease descriptor = file.Lease();
        byte noPath = 0;
        statx found;
        bool known = statx(descriptor, &noPath, AT_EMPTY_PATH, STATX_INO, &found) == 0;
        identity = known ? (found.stx_dev_major, found.stx_dev_minor, found.stx_ino) : default;
        return known;
    }

    /// <summary>Reads the owner and the permissions of an open file by statx(2).</summary>
    /// <returns>Whether the call succeeded.</returns>
    internal static bool TryReadStatus(SafeFileHandle file, out uint owner, out UnixFileMode mode)
    {
        const int permissions = 0xFFF; // 07777
        owner = 0;
        mode = UnixFileMode.None;
        if (file.IsInvalid)
        {
            return false;
        }

        using DescriptorLease descriptor = file.Lease();
        byte noPath = 0;
        statx found;
        if (statx(descriptor, &noPath, AT_EMPTY_PATH, STATX_UID | STATX_MODE, &found) != 0)
        {
            return false;
        }

        owner = found.stx_uid;
        mode = (UnixFileMode)(found.stx_mode & permissions);
        return true;
    }

    /// <summary>Whether an open file is a regular one, by statx(2).</summary>
    internal static bool IsRegular(SafeFileHandle file)
    {
        using DescriptorLease descriptor = file.Lease();
        byte noPath = 0;
        statx found;
        return statx(descriptor, &noPath, AT_EMPTY_PATH, STATX_TYPE, &found) == 0 && (found.stx_mode & S_IFMT) == S_IFREG;
    }

    /// <summary>Mounts a file system, binds a mount or changes its properties: mount(2).</summary>
    /// <returns>Whether the call succeeded.</returns>
    internal static bool TryMount(string? source, string target, string? type, ulong_t flags)
    {
        using var from = new NativeText(source);
        using var to = new NativeText(target);
        using var kind = new NativeText(type);
        return mount(from, to, kind, flags, null) == 0;
    }

    /// <summary>Detaches a mount even when it is in use, without following a symbolic link: umount2(2) with MNT_DETACH and
    /// UMOUNT_NOFOLLOW.</summary>
    /// <returns>Whether the call succeeded.</returns>
    internal static bool TryUnmount(string target)
    {
        using var native = new NativeText(target);
        return umount2(native, MNT_DETACH | UMOUNT_NOFOLLOW) == 0;
    }
}
