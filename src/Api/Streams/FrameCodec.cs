using System.Buffers.Binary;

namespace Net.Api.Streams;

/// <summary>Reads and writes frames on a byte stream.</summary>
public static class FrameCodec
{
    /// <summary>The length of the header before the payload, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>The longest payload that is read or written, in bytes.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Reads the next frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a frame, or the stream ends inside one.</exception>
    public static async ValueTask<Frame?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderLength];
        int read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderLength)
        {
            throw new InvalidDataException($"the stream ended after {read} of {HeaderLength} bytes of a frame's header");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
        if (header[0] > (byte)FrameKind.Detach || header[1] != 0 || header[2] != 0 || header[3] != 0 || length > MaximumLength)
        {
            throw new InvalidDataException($"{Convert.ToHexString(header)} is not the header of a frame");
        }

        byte[] payload = new byte[length];
        read = await stream.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == payload.Length
            ? new Frame((FrameKind)header[0], payload)
            : throw new InvalidDataException($"the stream ended after {read} of {payload.Length} bytes of a frame");
    }

    /// <summary>Writes a frame in one write. Two writers of one stream must take turns.</summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="MaximumLength"/>.</exception>
    public static async ValueTask WriteAsync(Stream stream, Frame frame, CancellationToken cancellationToken)
    {
        if (frame.Bytes.Length > MaximumLength)
        {
            throw new ArgumentException($"a frame carries at most {MaximumLength} bytes, not {frame.Bytes.Length}", nameof(frame));
        }

        byte[] wire = new byte[HeaderLength + frame.Bytes.Length];
        wire[0] = (byte)frame.Kind;
        BinaryPrimitives.WriteInt32BigEndian(wire.AsSpan(4), frame.Bytes.Length);
        frame.Bytes.Span.CopyTo(wire.AsSpan(HeaderLength));
        await stream.WriteAsync(wire, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
