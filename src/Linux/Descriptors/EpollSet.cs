using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Descriptors that are watched: waiting costs the same whatever their number.</summary>
/// <remarks>One thread waits; any thread adds and removes meanwhile. Source: epoll(7).</remarks>
public sealed class EpollSet : IDisposable
{
    private const int Capacity = 64;

    private readonly SafeFileHandle _set;
    private readonly epoll_event[] _items = new epoll_event[Capacity];
    private readonly Readiness[] _ready = new Readiness[Capacity];

    /// <summary>Makes an empty set: epoll_create1(2).</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors left.</exception>
    public EpollSet()
    {
        _set = new SafeFileHandle(epoll_create1(EPOLL_CLOEXEC), ownsHandle: true);
        if (_set.IsInvalid)
        {
            throw LinuxException.Last("make a set of watched descriptors");
        }
    }

    /// <summary>Watches a descriptor until it is closed or removed, and tells as long as it is ready (level-triggered).</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="token">What <see cref="Wait"/> calls it.</param>
    /// <param name="events">What to wait for; errors and a peer that has gone are told in any case.</param>
    /// <exception cref="LinuxException">NoSpace: more than fs.epoll.max_user_watches are watched. OutOfMemory.</exception>
    public void Add(SafeHandle descriptor, long token, PollEvents events = PollEvents.Readable) =>
        Control(EPOLL_CTL_ADD, descriptor, token, (int)events);

    /// <summary>The same, but tells only when something new has come since it was told last (edge-triggered).</summary>
    /// <inheritdoc cref="Add"/>
    public void AddEdge(SafeHandle descriptor, long token, PollEvents events = PollEvents.Readable) =>
        Control(EPOLL_CTL_ADD, descriptor, token, (int)events | EPOLLET);

    /// <summary>Changes what a watched descriptor is watched for.</summary>
    /// <exception cref="LinuxException">NoEntry: it is not watched.</exception>
    public void Change(SafeHandle descriptor, long token, PollEvents events) => Control(EPOLL_CTL_MOD, descriptor, token, (int)events);

    /// <summary>Watches a descriptor no more; one that was not watched is no error. What is ready at this moment may still be
    /// told.</summary>
    public unsafe void Remove(SafeHandle descriptor)
    {
        using DescriptorLease set = _set.Lease();
        using DescriptorLease number = descriptor.Lease();
        epoll_event item; // must not be null before Linux 2.6.9
        _ = epoll_ctl(set, EPOLL_CTL_DEL, number, &item);
    }

    /// <summary>Waits until a descriptor is ready.</summary>
    /// <param name="timeout">How long; null for ever. Rounded up to whole milliseconds.</param>
    /// <returns>Up to 64 that are ready, good until the next wait; none when the time is over or a signal came.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
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

    /// <summary>Closes the set; what it watched stays open.</summary>
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
