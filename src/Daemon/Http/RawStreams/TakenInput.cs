using System.IO.Pipelines;

namespace Net.Daemon.Http.RawStreams;

/// <summary>What the web server reads of a connection: nothing any more, once the connection was taken from it.</summary>
/// <param name="inner">The connection's input.</param>
internal sealed class TakenInput(PipeReader inner) : PipeReader
{
    private bool _isTaken;

    /// <summary>From now on the server reads the end.</summary>
    public void Take() => _isTaken = true;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _isTaken ? ValueTask.FromResult(End()) : inner.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (_isTaken)
        {
            result = End();
            return true;
        }

        return inner.TryRead(out result);
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_isTaken)
        {
            inner.AdvanceTo(consumed, examined);
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private static ReadResult End() => new(default, isCanceled: false, isCompleted: true);
}
