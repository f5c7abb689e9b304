using Microsoft.Win32.SafeHandles;

using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Interop;

/// <summary>The calls on paths that several types need. Each leaves its error in <see cref="Errno.Last"/>.</summary>
internal static unsafe class Files
{
    /// <summary>Opens a file, closed on exec: open(2).</summary>
    /// <param name="path">The file.</param>
    /// <param name="flags">O_*.</param>
    /// <param name="mode">The permission bits of a file that is made.</param>
    /// <returns>The descriptor; an invalid one when the call failed.</returns>
    internal static SafeFileHandle Open(string path, int flags, int mode = 0)
    {
        using var native = new NativeText(path);
        return new SafeFileHandle(open(native, flags | O_CLOEXEC, (mode_t)(uint)mode), ownsHandle: true);
    }

    /// <summary>As <see cref="Open"/>, but an error is thrown.</summary>
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

    /// <summary>Reads the device and inode of an open file, in a layout that is the same on every architecture: statx(2).</summary>
    /// <returns>Whether it could be read.</returns>
    internal static bool TryIdentify(SafeFileHandle file, out (uint Major, uint Minor, ulong Inode) identity)
    {
        using DescriptorLease descriptor = file.Lease();
        byte noPath = 0;
        statx found;
        bool known = statx(descriptor, &noPath, AT_EMPTY_PATH, STATX_INO, &found) == 0;
        identity = known ? (found.stx_dev_major, found.stx_dev_minor, found.stx_ino) : default;
        return known;
    }

    /// <summary>Mounts, binds or changes a mount: mount(2).</summary>
    /// <returns>Whether the call succeeded.</returns>
    internal static bool TryMount(string? source, string target, string? type, ulong_t flags)
    {
        using var from = new NativeText(source);
        using var to = new NativeText(target);
        using var kind = new NativeText(type);
        return mount(from, to, kind, flags, null) == 0;
    }

    /// <summary>Takes a mount off though it is in use, never following a link: umount2(2) with MNT_DETACH.</summary>
    /// <returns>Whether the call succeeded.</returns>
    internal static bool TryUnmount(string target)
    {
        using var native = new NativeText(target);
        return umount2(native, MNT_DETACH | UMOUNT_NOFOLLOW) == 0;
    }
}
