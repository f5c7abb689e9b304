using System.Runtime.InteropServices;

using Net.Linux.Interop;
using Tmds.Linux;

namespace Net.Linux.Descriptors;

/// <summary>A list of descriptors for one poll(2) call, filled again before every wait. Only one thread may use it, and the descriptors
/// must stay open until the wait returns.</summary>
public sealed class PollSet
{
    private pollfd[] _descriptors = new pollfd[16];
    private int _count;

    /// <summary>Empties the list.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a descriptor to the list.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="events">The events to wait for. Error and HangUp are always reported.</param>
    /// <returns>The descriptor's index in the list, for <see cref="Ready"/>.</returns>
    public int Add(SafeHandle descriptor, PollEvents events)
    {
        if (_count == _descriptors.Length)
        {
            Array.Resize(ref _descriptors, _count * 2);
        }

        _descriptors[_count] = new pollfd { fd = (int)descriptor.DangerousGetHandle(), events = (short)events };
        return _count++;
    }

    /// <summary>Waits until a descriptor is ready or the timeout has passed: poll(2).</summary>
    /// <param name="timeout">The longest time to wait, rounded up to whole milliseconds; null waits without limit.</param>
    /// <exception cref="LinuxException">The error of poll(2). An interruption by a signal is no error: no descriptor is ready
    /// then.</exception>
    public unsafe void Wait(TimeSpan? timeout)
    {
        int milliseconds = timeout is { } time ? (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue) : -1;
        fixed (pollfd* pointer = _descriptors)
        {
            if (Glibc.poll(pointer, (nuint)_count, milliseconds) >= 0)
            {
                return;
            }
        }

        if (Errno.Last != Errno.Interrupted)
        {
            throw LinuxException.Last("wait for descriptors");
        }

        for (int i = 0; i < _count; i++)
        {
            _descriptors[i].revents = 0;
        }
    }

    /// <summary>The events that the last <see cref="Wait"/> reported for a descriptor.</summary>
    /// <param name="place">The index that <see cref="Add"/> returned.</param>
    public PollEvents Ready(int place) => (PollEvents)_descriptors[place].revents;
}
