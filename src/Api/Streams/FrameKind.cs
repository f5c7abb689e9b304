namespace Net.Api.Streams;

/// <summary>The kinds of frames on an upgraded connection or in a stream of logs.</summary>
public enum FrameKind : byte
{
    /// <summary>Bytes for the command's standard input; an empty frame is end of file. Client to daemon.</summary>
    StandardInput = 0,

    /// <summary>Bytes of its standard output, or of its terminal.</summary>
    StandardOutput = 1,

    /// <summary>Bytes of its standard error.</summary>
    StandardError = 2,

    /// <summary>Terminal size: rows then columns, two big-endian 16-bit numbers. Client to daemon.</summary>
    Resize = 3,

    /// <summary>A signal for the command: one byte, its number. Client to daemon.</summary>
    Signal = 4,

    /// <summary>The exit of the command: one byte, its exit code. The last frame.</summary>
    Exit = 5,

    /// <summary>The user leaves the command, which runs on, by the keys for that: an empty frame, the last one. Client to daemon.</summary>
    Detach = 6,
}
