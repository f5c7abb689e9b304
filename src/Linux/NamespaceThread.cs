using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>The only thread of a process that enters network namespaces. It opens and creates <see cref="NetworkNamespace"/>
/// objects.</summary>
/// <remarks>
/// A network namespace is a property of an OS thread (namespaces(7)), and a new thread inherits it from the thread that starts it. If code
/// inside another namespace were the first to need a pool worker or the timer thread, those would stay in that namespace permanently. So
/// one dedicated thread makes all visits, and it returns to the home namespace after each; when it cannot return, the process ends at once
/// rather than continue in a wrong namespace. Call <see cref="RuntimePrimer.Prime"/> before the first visit. A visit costs 5 to 18
/// microseconds. One instance for each process is enough.
/// </remarks>
public sealed class NamespaceThread : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<NamespaceVisit> _visits = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly Thread _thread;
    private readonly INamespaceHolders? _holders;
    private bool _closing;

    /// <summary>Starts the thread; its home is the network namespace of the calling thread.</summary>
    /// <param name="holders">The processes whose namespaces are opened in the place of the files that these are bound to; null when there
    /// are none.</param>
    /// <exception cref="LinuxException">/proc is not mounted, or the home namespace cannot be opened.</exception>
    public NamespaceThread(INamespaceHolders? holders = null)
    {
        _holders = holders;
        Home = new NetworkNamespace(this, OpenFile(NamespaceFile.OfThisThread), "home");
        _thread = new Thread(Loop) { IsBackground = true, Name = "namespaces" };
        _thread.Start();
    }

    /// <summary>The home namespace: that of the thread that created this object. It need not be the initial namespace of the
    /// machine.</summary>
    public NetworkNamespace Home { get; }

    /// <summary>Opens the network namespace of <paramref name="path"/>: that of the process which lives in it, or, when there is none, the
    /// one that is bound to the file, as <c>ip netns</c> and container engines bind them. Where the file is bound to none, as in a mount
    /// namespace that is new, it is that of a process which shared the namespace with the one that lived there.</summary>
    /// <exception cref="LinuxException">NoEntry: the file does not exist. Otherwise the error of open(2).</exception>
    public NetworkNamespace Open(string path)
    {
        if (OpenHeld(path, _holders?.Find(path)) is { } held)
        {
            return held;
        }

        NetworkNamespace bound = OpenBound(path);
        if (bound.Id.Device != Home.Id.Device && OpenHeld(path, _holders?.FindHeir(path)) is { } shared)
        {
            bound.Dispose();
            return shared;
        }

        return bound;
    }

    /// <summary>Opens what is bound to the file, whichever process lives where. It may be no namespace at all: an empty file.</summary>
    /// <inheritdoc cref="Open(string)"/>
    public NetworkNamespace OpenBound(string path) => new(this, OpenFile(path), path);

    /// <summary>Opens the network namespace of a process.</summary>
    /// <param name="processId">The process ID as this process's /proc shows it.</param>
    /// <exception cref="LinuxException">NoEntry: no such process exists. AccessDenied: ptrace(2) access to the process is not
    /// allowed.</exception>
    public NetworkNamespace OpenProcess(int processId) => Open($"/proc/{processId}/ns/net");

    /// <summary>Creates an empty network namespace and binds it to a new file, which keeps it alive until the file is removed: unshare(2),
    /// mount(2).</summary>
    /// <param name="path">The path of the file to create. Its directory must exist, the file must not.</param>
    /// <returns>The open namespace. Disposing of it does not remove the namespace; <see cref="NamespaceFile.Remove"/> does.</returns>
    /// <exception cref="LinuxException">Exists: the file exists already. NotPermitted: CAP_SYS_ADMIN is missing. After an error neither the
    /// file nor the namespace remains.</exception>
    /// <remarks>The loopback link of the new namespace is down.</remarks>
    public NetworkNamespace Create(string path) => Visit(null, () =>
    {
        NamespaceFile.Touch(path);
        try
        {
            if (unshare(CLONE_NEWNET) != 0)
            {
                throw LinuxException.Last("make a network namespace");
            }

            if (!Files.TryMount(NamespaceFile.OfThisThread, path, null, MS_BIND))
            {
                throw LinuxException.Last($"bind the new network namespace to {path}");
            }

            return Open(path);
        }
        catch
        {
            NamespaceFile.Remove(path);
            throw;
        }
    });

    /// <summary>Runs <paramref name="body"/> inside <paramref name="target"/> and waits for its result.</summary>
    /// <inheritdoc cref="NetworkNamespace.Run{T}(Func{T})"/>
    public T Run<T>(NetworkNamespace target, Func<T> body) => Visit(target, body);

    /// <summary>Performs the visits that are still queued, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
        }

        _arrivals.Release();
        _thread.Join();
        _arrivals.Dispose();
        Home.Dispose();
    }

    private NetworkNamespace? OpenHeld(string path, NamespaceHolder? found)
    {
        if (found is not { } holder)
        {
            return null;
        }

        NetworkNamespace? opened = null;
        try
        {
            opened = new NetworkNamespace(this, OpenFile($"/proc/{holder.ProcessId}/ns/net"), path);
            if (opened.Id.Inode == holder.Inode)
            {
                return opened;
            }
        }
        catch (LinuxException error) when (error.Errno.IsAnyOf(Errno.NoEntry, Errno.NoProcess))
        {
            // The process has ended since it was found.
        }

        opened?.Dispose();
        return null;
    }

    private T Visit<T>(NetworkNamespace? target, Func<T> body)
    {
        if (Thread.CurrentThread == _thread)
        {
            throw new InvalidOperationException("A namespace visit cannot start another one: open the descriptor, leave, then visit " +
                "again.");
        }

        var visit = new NamespaceVisit<T>(target, body);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _visits.Enqueue(visit);
        }

        _arrivals.Release();
        return visit.WaitForResult();
    }

    private void Loop()
    {
        while (true)
        {
            _arrivals.Wait();
            NamespaceVisit? visit;
            lock (_gate)
            {
                if (!_visits.TryDequeue(out visit))
                {
                    return; // only the release by Dispose finds the queue empty
                }
            }

            visit.Perform(Enter, Leave);
        }
    }

    private static void Enter(NetworkNamespace target)
    {
        using DescriptorLease descriptor = target.Handle.Lease();
        if (setns(descriptor, CLONE_NEWNET) != 0)
        {
            throw LinuxException.Last($"enter network namespace {target.Path}");
        }
    }

    private void Leave()
    {
        using DescriptorLease descriptor = Home.Handle.Lease();
        if (setns(descriptor, CLONE_NEWNET) != 0)
        {
            Environment.FailFast($"The namespace thread cannot go home: {LinuxException.Describe(Errno.Last)}");
        }
    }

    private static SafeFileHandle OpenFile(string path) => Files.OpenOrThrow(path, O_RDONLY, $"open network namespace {path}");
}
