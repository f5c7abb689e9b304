using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Creates and removes the files that network namespaces are bound to.</summary>
public static class NamespaceFile
{
    /// <summary>The nsfs file of the calling thread's network namespace; /proc/self would give that of the main thread.</summary>
    internal const string OfThisThread = "/proc/thread-self/ns/net";

    /// <summary>Unmounts the namespace that is bound at <paramref name="path"/> and removes the file. A file that is not bound or does not
    /// exist counts as success.</summary>
    /// <remarks>Every mount that is stacked on the file is unmounted. The kernel destroys the namespace and its links once no process,
    /// socket or descriptor refers to it any more.</remarks>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static unsafe void Remove(string path)
    {
        Unmount(path);
        using var native = new NativeText(path);
        if (unlink(native) != 0 && Errno.Last != Errno.NoEntry)
        {
            throw LinuxException.Last($"remove network namespace file {path}");
        }
    }

    /// <summary>Binds an open namespace to a file, in the place of what is bound there; the file is created when it does not
    /// exist.</summary>
    /// <remarks>The file itself stays when it exists: in another mount namespace the namespace may still be bound to it, and the kernel
    /// takes such a mount away when the file is deleted.</remarks>
    /// <exception cref="LinuxException">NoEntry: the directory does not exist. NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void Bind(NetworkNamespace opened, string path)
    {
        Unmount(path);
        Files.OpenOrThrow(path, O_RDONLY | O_CREAT, $"make network namespace file {path}").Dispose();
        if (!Files.TryMount($"/proc/self/fd/{opened.Descriptor}", path, null, MS_BIND))
        {
            throw LinuxException.Last($"bind the network namespace to {path}");
        }
    }

    /// <summary>Creates the empty file that a namespace is then bound to: open(2), O_EXCL.</summary>
    /// <exception cref="LinuxException">Exists: the file exists already. NoEntry: its directory does not exist.</exception>
    internal static void Touch(string path)
    {
        using SafeFileHandle handle = Files.OpenOrThrow(path, O_RDONLY | O_CREAT | O_EXCL, $"make network namespace file {path}");
    }

    private static void Unmount(string path)
    {
        while (Files.TryUnmount(path))
        {
            // A file that was bound several times has as many mounts stacked on it.
        }

        // InvalidArgument: the file is not a mount point. NoEntry: the file does not exist.
        if (!Errno.Last.IsAnyOf(Errno.InvalidArgument, Errno.NoEntry))
        {
            throw LinuxException.Last($"unmount network namespace {path}");
        }
    }
}
