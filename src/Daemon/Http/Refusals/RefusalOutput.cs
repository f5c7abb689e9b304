using System.IO.Pipelines;

namespace Net.Daemon.Http.Refusals;

/// <summary>What the web server writes to one connection. Once a request is refused there, the server's own answer, which has no body, is
/// dropped, since one of ours has been written in its place. The same goes for a connection that was taken from the server.</summary>
/// <param name="inner">The connection's output.</param>
internal sealed class RefusalOutput(PipeWriter inner) : PipeWriter
{
    private byte[]? _dropped;

    /// <summary>Writes the last answer of the connection. All that is written after it is dropped.</summary>
    /// <param name="answer">The whole answer: status line, headers and body.</param>
    public void Refuse(ReadOnlySpan<byte> answer)
    {
        if (_dropped is null)
        {
            answer.CopyTo(inner.GetSpan(answer.Length));
            inner.Advance(answer.Length);
            _dropped = new byte[4096];
        }
    }

    /// <summary>Gives the connection's output to somebody else. All that the server writes from now on is dropped.</summary>
    public PipeWriter Take()
    {
        _dropped ??= new byte[4096];
        return inner;
    }

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _dropped is null ? inner.GetMemory(sizeHint) : Dropped(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => _dropped is null ? inner.GetSpan(sizeHint) : Dropped(sizeHint).Span;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        if (_dropped is null)
        {
            inner.Advance(bytes);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        _dropped is null ? inner.WriteAsync(source, cancellationToken) : inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private Memory<byte> Dropped(int sizeHint) => sizeHint <= _dropped!.Length ? _dropped : _dropped = new byte[sizeHint];
}
