using System.Buffers.Binary;

namespace Net.Cnm.Processes;

/// <summary>One frame on the connection to the streams of a command. It is encoded as kind (1 byte), three zero bytes, length (4 bytes,
/// big-endian) and payload, like Docker's multiplexed streams (Docker Engine API, ContainerAttach).</summary>
/// <param name="Kind">The kind of the payload.</param>
/// <param name="Bytes">The payload, at most 1 MiB.</param>
public readonly record struct StreamFrame(StreamKind Kind, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A frame that tells the command's terminal its size.</summary>
    public static StreamFrame Resize(TerminalSize size)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, size.Rows);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), size.Columns);
        return new StreamFrame(StreamKind.Resize, bytes);
    }
}
