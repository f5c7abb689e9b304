using Net.Cnm.Processes;
using Net.Shims.Wire;

namespace Net.Shims.Streams;

/// <summary>The streams of an additional command in a sandbox: the frames of its connection.</summary>
internal sealed class ExecStreams(ShimConnection connection, int processId) : IProcessStreams
{
    /// <inheritdoc/>
    public int ProcessId => processId;

    /// <inheritdoc/>
    public async ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken) =>
        await connection.ReadAsync(cancellationToken) is { } frame ? new StreamFrame(frame.Stream, frame.Bytes) : null;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken) =>
        await connection.SendAsync((byte)frame.Kind, frame.Bytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
