using System.Buffers.Binary;

namespace Net.Shims.Wire;

/// <summary>Splits a stream of bytes, received in pieces of any size, into frames.</summary>
internal sealed class FrameBuffer
{
    private readonly ByteQueue _bytes = new();

    /// <summary>Adds received bytes.</summary>
    internal void Append(ReadOnlySpan<byte> bytes) => _bytes.Append(bytes);

    /// <summary>Takes the next complete frame.</summary>
    /// <returns>False when no complete frame has been received yet.</returns>
    /// <exception cref="FrameFormatException">A frame has a length above the limit, or padding that is not zero.</exception>
    internal bool TryTake(out Frame frame)
    {
        frame = default;
        ReadOnlySpan<byte> bytes = _bytes.Span;
        if (bytes.Length < Frame.HeaderLength)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (length > Frame.MaximumPayload || (bytes[1] | bytes[2] | bytes[3]) != 0)
        {
            throw new FrameFormatException($"a frame of kind {bytes[0]} with {length} bytes is none of a shim's");
        }

        int whole = Frame.HeaderLength + (int)length;
        if (bytes.Length < whole)
        {
            return false;
        }

        frame = new Frame(bytes[0], bytes[Frame.HeaderLength..whole].ToArray());
        _bytes.Drop(whole);
        return true;
    }
}
