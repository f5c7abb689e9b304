namespace Net.Linux.Descriptors;

/// <summary>What a descriptor is ready for.</summary>
/// <remarks>Source: poll(2), include/uapi/asm-generic/poll.h.</remarks>
[Flags]
public enum PollEvents : short
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>POLLIN: to be read, or at end of file.</summary>
    Readable = 1,

    /// <summary>POLLPRI: something out of the ordinary; a mount table that changed.</summary>
    Exceptional = 2,

    /// <summary>POLLOUT: to be written.</summary>
    Writable = 4,

    /// <summary>POLLERR: an error, or a pipe that nobody reads. Told without being asked for.</summary>
    Error = 8,

    /// <summary>POLLHUP: the other end is closed. Told without being asked for.</summary>
    HangUp = 16,
}
