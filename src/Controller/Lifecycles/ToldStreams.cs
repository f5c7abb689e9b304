using System.Buffers.Binary;
using Net.Cnm.Processes;

namespace Net.Controller.Lifecycles;

/// <summary>The streams of a command as a client has them: what the client does with its terminal is told as an event.</summary>
/// <param name="streams">The streams themselves.</param>
internal sealed class ToldStreams(IProcessStreams streams) : IProcessStreams
{
    private const int SizeLength = 4;

    /// <summary>Called when the client leaves the command by the keys for that.</summary>
    public Action? OnDetach { get; init; }

    /// <summary>Called with the rows and columns of a new size of the terminal; null where nobody is told.</summary>
    public Action<int, int>? OnResize { get; init; }

    /// <inheritdoc/>
    public int ProcessId => streams.ProcessId;

    /// <inheritdoc/>
    public ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken) => streams.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Kind == StreamKind.Detach)
        {
            OnDetach?.Invoke();
            return;
        }

        await streams.WriteAsync(frame, cancellationToken);
        if (frame.Kind == StreamKind.Resize && frame.Bytes.Length == SizeLength)
        {
            OnResize?.Invoke(
                BinaryPrimitives.ReadUInt16BigEndian(frame.Bytes.Span), BinaryPrimitives.ReadUInt16BigEndian(frame.Bytes.Span[2..]));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => streams.DisposeAsync();
}
