using System.IO.Pipelines;

namespace Net.Daemon.Http.RawStreams;

/// <summary>What the web server reads of a connection: nothing any more, once the connection was taken from it. The end that a client gives
/// its own direction is told when all before it has been read, and not with the last request, which the server would not answer
/// then.</summary>
/// <param name="inner">The connection's input.</param>
internal sealed class TakenInput(PipeReader inner) : PipeReader
{
    private bool _isTaken;
    private bool _hidesEnd;
    private bool _tellsEnd;
    private SequencePosition _end;

    /// <summary>From now on the server reads the end.</summary>
    public void Take() => _isTaken = true;

    /// <inheritdoc/>
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _isTaken ? End() : WithoutEnd(await inner.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (_isTaken)
        {
            result = End();
            return true;
        }

        bool hasRead = inner.TryRead(out result);
        result = hasRead ? WithoutEnd(result) : result;
        return hasRead;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_isTaken)
        {
            // Who has seen all that there is and does not go on waits for more, which will not come.
            _tellsEnd = _hidesEnd && examined.Equals(_end);
            inner.AdvanceTo(consumed, examined);
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private static ReadResult End() => new(default, isCanceled: false, isCompleted: true);

    private ReadResult WithoutEnd(ReadResult read)
    {
        _hidesEnd = read is { IsCompleted: true, Buffer.IsEmpty: false } && !_tellsEnd;
        _end = read.Buffer.End;
        return _hidesEnd ? new ReadResult(read.Buffer, read.IsCanceled, isCompleted: false) : read;
    }
}
