using System.Runtime.InteropServices;

using Net.Linux.Interop;
using Tmds.Linux;

namespace Net.Linux.Descriptors;

/// <summary>Descriptors to wait for together, filled anew for every wait. Used by one thread; the descriptors stay open
/// meanwhile.</summary>
public sealed class PollSet
{
    private pollfd[] _descriptors = new pollfd[16];
    private int _count;

    /// <summary>Forgets all descriptors.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a descriptor.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="events">What to wait for.</param>
    /// <returns>Its place, to ask for the answer with.</returns>
    public int Add(SafeHandle descriptor, PollEvents events)
    {
        if (_count == _descriptors.Length)
        {
            Array.Resize(ref _descriptors, _count * 2);
        }

        _descriptors[_count] = new pollfd { fd = (int)descriptor.DangerousGetHandle(), events = (short)events };
        return _count++;
    }

    /// <summary>Waits until a descriptor is ready or the time is over: poll(2).</summary>
    /// <param name="timeout">How long; null for ever. Rounded up to whole milliseconds.</param>
    /// <exception cref="LinuxException">The kernel refused. An interruption by a signal is no error: nothing is ready then.</exception>
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

    /// <summary>What the descriptor at a place is ready for, after <see cref="Wait"/>.</summary>
    public PollEvents Ready(int place) => (PollEvents)_descriptors[place].revents;
}
