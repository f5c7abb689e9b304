using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>Follows the further commands of sandboxes to their end, also those whose streams nobody reads any more. Those of an earlier
/// daemon are not followed.</summary>
internal sealed class Executions : IAsyncDisposable
{
    /// <summary>The exit code of a command whose shim was killed before it could tell one.</summary>
    private const int UnknownExitCode = 255;

    private readonly BackgroundWork _reading = new();

    /// <summary>Streams that can be closed before the command ends, whose end is noticed all the same.</summary>
    /// <param name="streams">The streams of the command.</param>
    /// <param name="hasTerminal">Whether the command has a terminal.</param>
    /// <param name="onEnd">Called once, with the exit code, when the command has ended; not when the daemon ends before it.</param>
    public IProcessStreams Follow(IProcessStreams streams, bool hasTerminal, Action<int> onEnd) =>
        new FollowedStreams(_reading, streams, hasTerminal, onEnd);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _reading.DisposeAsync();

    private sealed class FollowedStreams(BackgroundWork reading, IProcessStreams streams, bool hasTerminal, Action<int> onEnd)
        : IProcessStreams
    {
        private bool _hasEnded;

        public int ProcessId => streams.ProcessId;

        public async ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken)
        {
            StreamFrame? frame = await streams.ReadAsync(cancellationToken);
            if (frame is null or { Kind: StreamKind.Exit } && !_hasEnded)
            {
                _hasEnded = true;
                onEnd(frame is { Bytes.Length: 1 } exit ? exit.Bytes.Span[0] : UnknownExitCode);
            }

            return frame;
        }

        public ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken) => streams.WriteAsync(frame, cancellationToken);

        public ValueTask DisposeAsync() =>
            !_hasEnded && reading.TryBegin(ReadOnAsync) ? ValueTask.CompletedTask : streams.DisposeAsync();

        // What the command still writes goes nowhere, and it gets no more input.
        private async Task ReadOnAsync(CancellationToken cancellationToken)
        {
            await using (streams)
            {
                if (!hasTerminal)
                {
                    await streams.WriteAsync(new StreamFrame(StreamKind.StandardInput, default), cancellationToken);
                }

                while (!_hasEnded)
                {
                    await ReadAsync(cancellationToken);
                }
            }
        }
    }
}
