using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>A set of watched descriptors: epoll(7). The cost of a wait does not depend on the number of descriptors in the set.</summary>
/// <remarks>Only one thread may call <see cref="Wait"/>; any thread may add and remove descriptors meanwhile.</remarks>
public sealed class EpollSet : IDisposable
{
    private const int Capacity = 64;

    private readonly SafeFileHandle _set;
    private readonly epoll_event[] _items = new epoll_event[Capacity];
    private readonly Readiness[] _ready = new Readiness[Capacity];

    /// <summary>Creates an empty set: epoll_create1(2).</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors are left.</exception>
    public EpollSet()
    {
        _set = new SafeFileHandle(epoll_create1(EPOLL_CLOEXEC), ownsHandle: true);
        if (_set.IsInvalid)
        {
            throw LinuxException.Last("make a set of watched descriptors");
        }
    }

    /// <summary>Watches a descriptor until it is closed or removed; every wait reports it for as long as it is ready (level-triggered):
    /// epoll_ctl(2).</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="token">The number by which <see cref="Wait"/> identifies the descriptor; chosen by the caller.</param>
    /// <param name="events">The events to report. Error and HangUp are always reported.</param>
    /// <exception cref="LinuxException">Exists: the descriptor is watched already. NoSpace: the user's limit fs.epoll.max_user_watches is
    /// reached. OutOfMemory.</exception>
    public void Add(SafeHandle descriptor, long token, PollEvents events = PollEvents.Readable) =>
        Control(EPOLL_CTL_ADD, descriptor, token, (int)events);

    /// <summary>Watches a descriptor as <see cref="Add"/> does, but reports it only when a new event has occurred since the last report
    /// (edge-triggered, EPOLLET).</summary>
    /// <inheritdoc cref="Add"/>
    public void AddEdge(SafeHandle descriptor, long token, PollEvents events = PollEvents.Readable) =>
        Control(EPOLL_CTL_ADD, descriptor, token, (int)events | EPOLLET);

    /// <summary>Changes the token and the events of a watched descriptor: epoll_ctl(2), EPOLL_CTL_MOD.</summary>
    /// <exception cref="LinuxException">NoEntry: the descriptor is not watched.</exception>
    public void Change(SafeHandle descriptor, long token, PollEvents events) => Control(EPOLL_CTL_MOD, descriptor, token, (int)events);

    /// <summary>Stops watching a descriptor; one that is not watched is no error. A wait that is returning at this moment may still report
    /// it.</summary>
    public unsafe void Remove(SafeHandle descriptor)
    {
        using DescriptorLease set = _set.Lease();
        using DescriptorLease number = descriptor.Lease();
        epoll_event item; // Linux before 2.6.9 rejects a null pointer
        _ = epoll_ctl(set, EPOLL_CTL_DEL, number, &item);
    }

    /// <summary>Waits until at least one descriptor is ready: epoll_wait(2).</summary>
    /// <param name="timeout">The longest time to wait, rounded up to whole milliseconds; null waits without limit.</param>
    /// <returns>Up to 64 ready descriptors, in memory that the next wait overwrites; empty on a timeout or when a signal interrupted the
    /// wait.</returns>
    /// <exception cref="LinuxException">The error of epoll_wait(2).</exception>
    public unsafe ReadOnlySpan<Readiness> Wait(TimeSpan? timeout)
    {
        int milliseconds = timeout is { } time ? (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue) : -1;
        using DescriptorLease set = _set.Lease();
        int count;
        fixed (epoll_event* pointer = _items)
        {
            count = epoll_wait(set, pointer, Capacity, milliseconds);
        }

        if (count < 0 && Errno.Last != Errno.Interrupted)
        {
            throw LinuxException.Last("wait for watched descriptors");
        }

        for (int i = 0; i < count; i++)
        {
            _ready[i] = new Readiness((long)_items[i].data.u64, (PollEvents)(short)_items[i].events);
        }

        return _ready.AsSpan(0, Math.Max(count, 0));
    }

    /// <summary>Closes the set; the descriptors that it watched stay open.</summary>
    public void Dispose() => _set.Dispose();

    private unsafe void Control(int operation, SafeHandle descriptor, long token, int events)
    {
        using DescriptorLease set = _set.Lease();
        using DescriptorLease number = descriptor.Lease();
        var item = new epoll_event { events = events, data = new epoll_data_t { u64 = (ulong)token } };
        if (epoll_ctl(set, operation, number, &item) != 0)
        {
            throw LinuxException.Last("watch a descriptor");
        }
    }
}

/// <summary>One ready descriptor, as <see cref="EpollSet.Wait"/> reports it.</summary>
/// <param name="Token">The token with which the descriptor was added to the <see cref="EpollSet"/>.</param>
/// <param name="Events">The events that the descriptor is ready for.</param>
public readonly record struct Readiness(long Token, PollEvents Events);
