namespace Net.Cnm.Processes;

/// <summary>A line of output that the command of a container wrote, or an incomplete line at the end of the stream.</summary>
/// <param name="Time">The time when the line was written.</param>
/// <param name="Stream">The stream: StandardOutput or StandardError.</param>
/// <param name="Bytes">The bytes as written, including the line feed if there was one.</param>
public sealed record LogLine(DateTimeOffset Time, StreamKind Stream, ReadOnlyMemory<byte> Bytes);
