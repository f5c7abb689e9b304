using Net.Cnm.Processes;

namespace Net.Shims.Logs;

/// <summary>Receives a command's output.</summary>
internal interface IOutputSink
{
    /// <summary>The length in bytes of the space that a piece has in front of it for a header of the sink, so that header and piece are
    /// written together without a copy.</summary>
    const int HeaderSpace = LogRecord.HeaderLength;

    /// <summary>Whether the command should wait before it writes more.</summary>
    bool IsFull { get; }

    /// <summary>Takes one piece of output; never fails.</summary>
    /// <param name="stream">The stream that the piece belongs to.</param>
    /// <param name="piece"><see cref="HeaderSpace"/> bytes that the sink may overwrite, then the output.</param>
    void Write(StreamKind stream, Span<byte> piece);
}
