using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>The one thread of a process that enters network namespaces, and the maker of <see cref="NetworkNamespace"/>.</summary>
/// <remarks>
/// In .NET a network namespace belongs to an OS thread. A thread that is inside one and is the first to need a pool worker or the timer
/// thread gives its namespace to them for good. So there is one thread that nobody else uses, and it goes home after every visit; when it
/// cannot, the process ends at once rather than work in a wrong namespace. Call <see cref="RuntimePrimer.Prime"/> before the first visit.
/// A visit costs 5 to 18 microseconds. One instance a process is enough; it starts in the namespace of the thread that makes it.
/// </remarks>
public sealed class NamespaceThread : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<NamespaceVisit> _visits = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly Thread _thread;
    private bool _closing;

    /// <summary>Starts the thread; its home is the namespace that the calling thread is in.</summary>
    /// <exception cref="LinuxException">/proc is not mounted, or the home namespace cannot be opened.</exception>
    public NamespaceThread()
    {
        Home = new NetworkNamespace(this, OpenFile(NamespaceFile.OfThisThread), "home");
        _thread = new Thread(Loop) { IsBackground = true, Name = "namespaces" };
        _thread.Start();
    }

    /// <summary>The namespace this process works in: the one the creating thread was in, not assumed to be the machine's first.</summary>
    public NetworkNamespace Home { get; }

    /// <summary>Opens the namespace bound at <paramref name="path"/> (as <c>ip netns</c> and container engines leave them).</summary>
    /// <exception cref="LinuxException">NoEntry: no such file; the error of open(2) otherwise.</exception>
    public NetworkNamespace Open(string path) => new(this, OpenFile(path), path);

    /// <summary>Opens the network namespace of a process.</summary>
    /// <param name="processId">A process id as seen in this process's /proc.</param>
    /// <exception cref="LinuxException">NoEntry: no such process. AccessDenied: not allowed to look at it.</exception>
    public NetworkNamespace OpenProcess(int processId) => Open($"/proc/{processId}/ns/net");

    /// <summary>Makes a new, empty network namespace and binds it to a file, where it lives until it is removed.</summary>
    /// <param name="path">The file to make; its directory must exist, the file must not.</param>
    /// <returns>The open namespace. Disposing it does not remove it: <see cref="NamespaceFile.Remove"/> does.</returns>
    /// <exception cref="LinuxException">Exists: there is such a file already. NotPermitted: CAP_SYS_ADMIN is missing. Nothing is left
    /// behind.</exception>
    /// <remarks>The loopback link in it is down.</remarks>
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

    /// <summary>Lets the visits that wait finish, then ends the thread.</summary>
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
                    return; // only the closing release finds the queue empty
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
