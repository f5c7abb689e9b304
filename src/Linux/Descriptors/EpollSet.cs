using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Descriptors;

/// <summary>Descriptors that are watched for something to read: waiting costs the same whatever their number.</summary>
/// <remarks>Level-triggered. One thread waits; any thread adds and removes meanwhile. Source: epoll(7).</remarks>
public sealed class EpollSet : IDisposable
{
    private const int Capacity = 64;

    // struct epoll_event is packed on x86-64 alone (include/uapi/linux/eventpoll.h).
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int ItemLength = DataOffset + 8;

    private readonly SafeFileHandle _set;
    private readonly byte[] _items = new byte[Capacity * ItemLength];

    /// <summary>Makes an empty set: epoll_create1(2).</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors left.</exception>
    public EpollSet()
    {
        _set = Libc.EpollCreate(Libc.EpollCloseOnExec);
        if (_set.IsInvalid)
        {
            throw LinuxException.Last("make a set of watched descriptors");
        }
    }

    /// <summary>Watches a descriptor until it is closed or removed.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="token">What <see cref="Wait"/> calls it.</param>
    /// <exception cref="LinuxException">NoSpace: more than fs.epoll.max_user_watches are watched. OutOfMemory.</exception>
    public unsafe void Add(SafeHandle descriptor, long token)
    {
        byte* item = stackalloc byte[ItemLength];
        *(uint*)item = Libc.EpollIn;
        MemoryMarshal.Write(new Span<byte>(item + DataOffset, sizeof(long)), token);
        if (Libc.EpollControl(_set, Libc.EpollAdd, descriptor, item) != 0)
        {
            throw LinuxException.Last("watch a descriptor");
        }
    }

    /// <summary>Watches a descriptor no more; one that was not watched is no error. What is ready at this moment may still be told.</summary>
    public unsafe void Remove(SafeHandle descriptor)
    {
        byte* item = stackalloc byte[ItemLength]; // must not be null before Linux 2.6.9
        _ = Libc.EpollControl(_set, Libc.EpollDelete, descriptor, item);
    }

    /// <summary>Waits until something is to be read, or a peer has closed.</summary>
    /// <param name="timeout">How long; null for ever. Rounded up to whole milliseconds.</param>
    /// <returns>The tokens of the descriptors that are ready; none when the time is over or a signal came.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public unsafe long[] Wait(TimeSpan? timeout)
    {
        int milliseconds = timeout is { } time ? (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue) : -1;
        int count;
        fixed (byte* pointer = _items)
        {
            count = Libc.EpollWait(_set, pointer, Capacity, milliseconds);
        }

        if (count < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.Interrupted)
        {
            throw LinuxException.Last("wait for watched descriptors");
        }

        long[] ready = new long[Math.Max(count, 0)];
        for (int i = 0; i < ready.Length; i++)
        {
            ready[i] = MemoryMarshal.Read<long>(_items.AsSpan((i * ItemLength) + DataOffset));
        }

        return ready;
    }

    /// <summary>Closes the set; what it watched stays open.</summary>
    public void Dispose() => _set.Dispose();
}
