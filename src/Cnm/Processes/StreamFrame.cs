namespace Net.Cnm.Processes;

/// <summary>One frame on a process's connection. On the wire: kind (1 byte), three zero bytes, length (4 bytes, big-endian), then the
/// bytes, as Docker's multiplexed streams.</summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Bytes">The payload, at most 1 MiB.</param>
public readonly record struct StreamFrame(StreamKind Kind, ReadOnlyMemory<byte> Bytes);
