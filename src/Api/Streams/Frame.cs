using System.Buffers.Binary;

namespace Net.Api.Streams;

/// <summary>One frame of a stream. On the wire: its kind (1 byte), three zero bytes, the length of the payload (4 bytes, big-endian), the
/// payload, as in Docker's multiplexed streams.</summary>
/// <param name="Kind">The kind of the payload.</param>
/// <param name="Bytes">The payload, at most <see cref="FrameCodec.MaximumLength"/> bytes.</param>
public readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A frame that ends the command's standard input.</summary>
    public static Frame EndOfInput { get; } = new(FrameKind.StandardInput, ReadOnlyMemory<byte>.Empty);

    /// <summary>A frame that says that the user leaves the command by the keys for that.</summary>
    public static Frame Detach { get; } = new(FrameKind.Detach, ReadOnlyMemory<byte>.Empty);

    /// <summary>A frame that tells the size of the client's terminal.</summary>
    public static Frame Resize(ushort rows, ushort columns)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, rows);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), columns);
        return new Frame(FrameKind.Resize, bytes);
    }

    /// <summary>A frame that sends the command a signal.</summary>
    /// <param name="number">The signal's number, 1 to 64.</param>
    public static Frame Signal(int number) => new(FrameKind.Signal, new[] { checked((byte)number) });

    /// <summary>The frame that tells the exit code of the command.</summary>
    /// <param name="code">The exit code, 0 to 255.</param>
    public static Frame Exit(int code) => new(FrameKind.Exit, new[] { checked((byte)code) });
}
