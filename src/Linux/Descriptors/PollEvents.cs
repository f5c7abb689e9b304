namespace Net.Linux.Descriptors;

/// <summary>The readiness of a descriptor, as poll(2) and epoll(7) ask for it and report it.</summary>
/// <remarks>Source: poll(2), include/uapi/asm-generic/poll.h.</remarks>
[Flags]
public enum PollEvents : short
{
    /// <summary>No event.</summary>
    None = 0,

    /// <summary>POLLIN: the descriptor can be read without blocking; end of file counts as readable.</summary>
    Readable = 1,

    /// <summary>POLLPRI: an exceptional condition; on /proc/PID/mountinfo, that the mount table has changed.</summary>
    Exceptional = 2,

    /// <summary>POLLOUT: the descriptor can be written without blocking.</summary>
    Writable = 4,

    /// <summary>POLLERR: an error is pending, or the reading end of a pipe is closed. Reported without being asked for.</summary>
    Error = 8,

    /// <summary>POLLHUP: the other end is closed. Reported without being asked for.</summary>
    HangUp = 16,
}
