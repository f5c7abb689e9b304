using System.Buffers.Binary;

using Net.Shims.Wire;

namespace Net.Shims.Streams;

/// <summary>The connections of an attached reader to a shim: one for input, the length of the log and the exit code, and one on which the
/// shim is told how far the output was read.</summary>
/// <remarks>Progress has a connection of its own, since on the other it would wait behind input that the command does not read. A command
/// that writes before it reads on, such as cat, would then wait for ever.</remarks>
/// <param name="streams">A connection that has asked to attach.</param>
/// <param name="first">Its first frame.</param>
/// <param name="progress">A connection for progress; null when the shim has ended.</param>
internal sealed class ShimLink(ShimConnection streams, Frame first, ShimConnection? progress) : IDisposable
{
    /// <summary>The connection that carries the streams.</summary>
    internal ShimConnection Streams => streams;

    /// <summary>The first frame on that connection, which was read already.</summary>
    internal Frame First => first;

    /// <summary>Tells the shim how far the log was read.</summary>
    /// <param name="connection">A connection that was opened for this.</param>
    /// <param name="position">The offset in the log.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    internal static async Task SendProgressAsync(ShimConnection connection, long position, CancellationToken cancellationToken)
    {
        byte[] payload = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(payload, position);
        await connection.SendAsync(ControlKind.ReadUpTo, payload, cancellationToken);
    }

    /// <inheritdoc cref="SendProgressAsync"/>
    internal Task TellProgressAsync(long position, CancellationToken cancellationToken) =>
        progress is null ? Task.CompletedTask : SendProgressAsync(progress, position, cancellationToken);

    public void Dispose()
    {
        streams.Dispose();
        progress?.Dispose();
    }
}
