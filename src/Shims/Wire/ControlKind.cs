namespace Net.Shims.Wire;

/// <summary>The kinds of frames between daemon and shim that do not carry the command's streams. Their numbers are above those of
/// <see cref="Net.Cnm.Processes.StreamKind"/>.</summary>
/// <remarks>The first frame of a connection is a request. A newer daemon must still support the frames of an older shim that
/// runs.</remarks>
internal enum ControlKind : byte
{
    /// <summary>Request, once, on the first connection: a <see cref="StartRequest"/>. Answer: Accepted with a
    /// <see cref="States.ShimRecord"/>, or Failed.</summary>
    Start = 16,

    /// <summary>Request, empty: LogLength frames follow until the shim ends; the shim takes StandardInput and Resize frames for the main
    /// command.</summary>
    Attach = 17,

    /// <summary>Request: a ProcessConfig. Answer: Accepted with the process id, 4 bytes, big-endian, which an older shim leaves out, then
    /// the command's stream frames and Exit; or Failed.</summary>
    Exec = 18,

    /// <summary>Request: a <see cref="StopRequest"/>. The connection closes when the shim ends.</summary>
    Stop = 19,

    /// <summary>Request, one byte: a signal for the main command. Answer: Accepted or Failed.</summary>
    Signal = 20,

    /// <summary>Request, empty: Notice frames follow when there is something to say; the connection closes when the shim ends.</summary>
    Wait = 21,

    /// <summary>Request, 8 bytes, big-endian: the offset up to which an attached reader has read the log. More such frames may follow;
    /// there is no answer. While the connection is open, the main command's output is taken at this reader's pace.</summary>
    ReadUpTo = 22,

    /// <summary>As <see cref="Exec"/>, for a command that has a user. A shim that does not know of users does not know this kind either,
    /// and so does not run the command as root.</summary>
    ExecAs = 23,

    /// <summary>As <see cref="ExecAs"/>, for a command that is ended with SIGKILL, and what it has started with it, when the connection
    /// closes before it has ended. When the main command ends first, the connection closes without an Exit frame.</summary>
    Probe = 24,

    /// <summary>Answer: the request was carried out.</summary>
    Accepted = 32,

    /// <summary>Answer: a <see cref="Failure"/>.</summary>
    Failed = 33,

    /// <summary>Notice, 8 bytes, big-endian: the present length of the log. Only the newest counts, so a slow reader misses
    /// nothing.</summary>
    LogLength = 34,

    /// <summary>Notice, UTF-8, to a connection that waits: a sentence for the daemon's log. Only the newest counts.</summary>
    Notice = 35,
}
