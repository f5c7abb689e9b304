using System.Buffers.Binary;

using Net.Cnm.Processes;

namespace Net.Shims.Wire;

/// <summary>One frame on a shim's socket: kind (1 byte), three zero bytes, length (4 bytes, big-endian), then the payload.</summary>
/// <param name="Kind">A <see cref="StreamKind"/> or a <see cref="ControlKind"/>.</param>
/// <param name="Bytes">The payload.</param>
internal readonly record struct Frame(byte Kind, ReadOnlyMemory<byte> Bytes)
{
    internal const int HeaderLength = 8;

    /// <summary>The longest payload in bytes: 1 MiB.</summary>
    internal const int MaximumPayload = 1 << 20;

    internal ControlKind Control => (ControlKind)Kind;

    internal StreamKind Stream => (StreamKind)Kind;

    internal static void WriteHeader(Span<byte> header, byte kind, int length)
    {
        header[..HeaderLength].Clear();
        header[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(header[4..], length);
    }
}
