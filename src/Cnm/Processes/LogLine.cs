namespace Net.Cnm.Processes;

/// <summary>One piece of output that a container's command wrote: a line, or the part of one that came before the stream ended.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Stream">Which stream: StandardOutput or StandardError.</param>
/// <param name="Bytes">The bytes as written, line feed included.</param>
public sealed record LogLine(DateTimeOffset Time, StreamKind Stream, ReadOnlyMemory<byte> Bytes);
