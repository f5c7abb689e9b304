namespace Net.Shims.Wire;

/// <summary>Frames between daemon and shim that are not of the command's streams; their numbers lie above those of
/// <see cref="Net.Cnm.Processes.StreamKind"/>.</summary>
/// <remarks>The first frame of a connection is a request. A daemon newer than a shim that still runs must go on speaking these.</remarks>
internal enum ControlKind : byte
{
    /// <summary>Request, once, on the first connection: a <see cref="StartRequest"/>. Answer: Accepted with a
    /// <see cref="States.ShimRecord"/>, or Failed.</summary>
    Start = 16,

    /// <summary>Request, empty: LogLength frames until the shim ends; takes StandardInput and Resize frames for the main command.</summary>
    Attach = 17,

    /// <summary>Request: a ProcessConfig. Answer: Accepted, then the command's stream frames and Exit; or Failed.</summary>
    Exec = 18,

    /// <summary>Request: a <see cref="StopRequest"/>. The connection closes when the shim ends.</summary>
    Stop = 19,

    /// <summary>Request, one byte: a signal for the main command. Answer: Accepted or Failed.</summary>
    Signal = 20,

    /// <summary>Request, empty: the connection closes when the shim ends.</summary>
    Wait = 21,

    /// <summary>Answer: done.</summary>
    Accepted = 32,

    /// <summary>Answer: a <see cref="Failure"/>.</summary>
    Failed = 33,

    /// <summary>News, 8 bytes, big-endian: how long the log is now. Only the newest counts, so a slow reader misses nothing.</summary>
    LogLength = 34,
}
