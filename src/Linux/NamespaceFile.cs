using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>The files that namespaces are bound to.</summary>
public static class NamespaceFile
{
    /// <summary>The namespace of the calling thread; /proc/self would be the first thread's.</summary>
    internal const string OfThisThread = "/proc/thread-self/ns/net";

    /// <summary>Unbinds the namespace at <paramref name="path"/> and removes the file. Already gone, in part or whole, is
    /// success.</summary>
    /// <remarks>The namespace itself goes when nothing else (process, socket, descriptor) holds it; its links go with it. Every mount that
    /// is stacked on the file is taken off.</remarks>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static unsafe void Remove(string path)
    {
        while (Files.TryUnmount(path))
        {
            // A file bound twice has two mounts on it.
        }

        // InvalidArgument: not a mount point. NoEntry: no file.
        if (!Errno.Last.IsAnyOf(Errno.InvalidArgument, Errno.NoEntry))
        {
            throw LinuxException.Last($"unmount network namespace {path}");
        }

        using var native = new NativeText(path);
        if (unlink(native) != 0 && Errno.Last != Errno.NoEntry)
        {
            throw LinuxException.Last($"remove network namespace file {path}");
        }
    }

    internal static void Touch(string path)
    {
        using SafeFileHandle handle = Files.OpenOrThrow(path, O_RDONLY | O_CREAT | O_EXCL, $"make network namespace file {path}");
    }
}
