using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux;

/// <summary>An open network namespace: the descriptor keeps it alive, <see cref="Id"/> identifies it, and <see cref="Run{T}(Func{T})"/>
/// runs code inside it.</summary>
/// <remarks>
/// Created by <see cref="NamespaceThread"/>, on whose thread all code inside runs. Open descriptors inside and use them from any thread
/// afterwards; never await, queue pool work, or start a timer or a process inside. Safe to use from several threads.
/// </remarks>
public sealed class NetworkNamespace : IDisposable
{
    private readonly NamespaceThread _thread;

    internal NetworkNamespace(NamespaceThread thread, SafeFileHandle handle, string path)
    {
        _thread = thread;
        Handle = handle;
        Path = path;
        Id = ReadId(handle, path);
    }

    /// <summary>The open nsfs file; IFLA_NET_NS_FD of rtnetlink(7) takes its descriptor number. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>The descriptor number of <see cref="Handle"/>, valid until this object is disposed of.</summary>
    public int Descriptor => (int)Handle.DangerousGetHandle();

    /// <summary>The path that the namespace was opened from, for messages.</summary>
    public string Path { get; }

    /// <summary>The identity of the namespace.</summary>
    public NamespaceId Id { get; }

    /// <summary>Runs <paramref name="body"/> inside this namespace on the namespace thread and waits for its result: setns(2).</summary>
    /// <param name="body">The function to run. It may make blocking system calls only; an exception that it throws is rethrown to the
    /// caller.</param>
    /// <exception cref="LinuxException">The namespace cannot be entered: the error of setns(2).</exception>
    /// <exception cref="InvalidOperationException">The caller is itself inside a namespace visit.</exception>
    public T Run<T>(Func<T> body) => _thread.Run(this, body);

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public void Run(Action body) => _thread.Run(this, () =>
    {
        body();
        return 0;
    });

    /// <summary>Closes the descriptor. The namespace continues to exist while a mount, a process or a socket refers to it.</summary>
    public void Dispose() => Handle.Dispose();

    private static NamespaceId ReadId(SafeFileHandle handle, string path) =>
        Files.TryIdentify(handle, out (uint Major, uint Minor, ulong Inode) file)
            ? new NamespaceId(((ulong)file.Major << 32) | file.Minor, file.Inode)
            : throw LinuxException.Last($"read the identity of namespace {path}");
}

/// <summary>The identity of a namespace: the device and inode numbers of its nsfs file.</summary>
/// <param name="Device">The device number, with the major number in the upper 32 bits.</param>
/// <param name="Inode">The inode number: the one in <c>net:[4026531840]</c>.</param>
/// <remarks>An identity is unique among the namespaces that exist at one time; the kernel reuses it after the namespace is destroyed.
/// Source: namespaces(7).</remarks>
public readonly record struct NamespaceId(ulong Device, ulong Inode);
