using Net.Cnm.Processes;

namespace Net.Shims.Logs;

/// <summary>Receives a command's output.</summary>
internal interface IOutputSink
{
    /// <summary>Whether the command should wait before it writes more.</summary>
    bool IsFull { get; }

    /// <summary>Takes one piece of output; never fails.</summary>
    void Write(StreamKind stream, ReadOnlySpan<byte> bytes);
}
