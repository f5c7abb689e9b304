using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux;

/// <summary>An open network namespace: what keeps it alive, tells it apart and runs code inside it.</summary>
/// <remarks>
/// Made by <see cref="NamespaceThread"/>. Code inside runs on that one thread: open descriptors there, use them anywhere afterwards; never
/// await, queue pool work, start a timer or a process inside. Safe to use from several threads.
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

    /// <summary>The open nsfs file; its number goes into IFLA_NET_NS_FD. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>The descriptor number of <see cref="Handle"/>, valid until this object is disposed.</summary>
    public int Descriptor => (int)Handle.DangerousGetHandle();

    /// <summary>The file it was opened from, for messages.</summary>
    public string Path { get; }

    /// <summary>Which namespace this is.</summary>
    public NamespaceId Id { get; }

    /// <summary>Runs <paramref name="body"/> inside this namespace on the namespace thread and waits for its result.</summary>
    /// <param name="body">Blocking system calls only. What it throws is thrown here.</param>
    /// <exception cref="LinuxException">The namespace cannot be entered.</exception>
    /// <exception cref="InvalidOperationException">Called from inside another namespace visit.</exception>
    public T Run<T>(Func<T> body) => _thread.Run(this, body);

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public void Run(Action body) => _thread.Run(this, () =>
    {
        body();
        return 0;
    });

    /// <summary>Closes the descriptor. The namespace lives on while a mount, a process or a socket holds it.</summary>
    public void Dispose() => Handle.Dispose();

    private static NamespaceId ReadId(SafeFileHandle handle, string path) =>
        Files.TryIdentify(handle, out (uint Major, uint Minor, ulong Inode) file)
            ? new NamespaceId(((ulong)file.Major << 32) | file.Minor, file.Inode)
            : throw LinuxException.Last($"read the identity of namespace {path}");
}
