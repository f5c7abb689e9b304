namespace Net.Cnm.Processes;

/// <summary>The kind of the payload of a <see cref="StreamFrame"/>.</summary>
public enum StreamKind : byte
{
    /// <summary>Bytes for the standard input of the command. An empty frame means end of file.</summary>
    StandardInput = 0,

    /// <summary>Bytes from the standard output of the command, or from its terminal.</summary>
    StandardOutput = 1,

    /// <summary>Bytes from the standard error of the command.</summary>
    StandardError = 2,

    /// <summary>A new terminal size: rows, then columns, each as a big-endian 16-bit number.</summary>
    Resize = 3,

    /// <summary>A signal for the command: one byte with the signal number.</summary>
    Signal = 4,

    /// <summary>The command has ended: one byte with its exit code. This is the last frame.</summary>
    Exit = 5,

    /// <summary>The client leaves the command, which runs on, by the keys for that: an empty frame. It is told as an event and goes no
    /// further.</summary>
    Detach = 6,
}
