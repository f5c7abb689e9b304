using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux;

/// <summary>The files that namespaces are bound to.</summary>
public static class NamespaceFile
{
    /// <summary>The namespace of the calling thread; /proc/self would be the first thread's.</summary>
    internal const string OfThisThread = "/proc/thread-self/ns/net";

    /// <summary>Unbinds the namespace at <paramref name="path"/> and removes the file. Already gone, in part or whole, is success.</summary>
    /// <remarks>The namespace itself goes when nothing else (process, socket, descriptor) holds it; its links go with it. Every mount that is
    /// stacked on the file is taken off.</remarks>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void Remove(string path)
    {
        while (Libc.Unmount(path, Libc.UnmountDetach | Libc.UnmountNoFollow) == 0)
        {
            // A file bound twice has two mounts on it.
        }

        // InvalidArgument: not a mount point. NoEntry: no file.
        if ((Errno)Marshal.GetLastPInvokeError() is not (Errno.InvalidArgument or Errno.NoEntry))
        {
            throw LinuxException.Last($"unmount network namespace {path}");
        }

        if (Libc.Unlink(path) != 0 && (Errno)Marshal.GetLastPInvokeError() is not Errno.NoEntry)
        {
            throw LinuxException.Last($"remove network namespace file {path}");
        }
    }

    internal static void Touch(string path)
    {
        using SafeFileHandle handle = Libc.Open(
            path, Libc.OpenReadOnly | Libc.OpenCreate | Libc.OpenExclusive | Libc.OpenCloseOnExec, 0);
        if (handle.IsInvalid)
        {
            throw LinuxException.Last($"make network namespace file {path}");
        }
    }
}
