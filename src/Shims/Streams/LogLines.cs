using System.Buffers.Binary;
using System.Runtime.CompilerServices;

using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Shims.Logs;
using Net.Shims.Wire;

namespace Net.Shims.Streams;

/// <summary>Reads the lines of a sandbox's log, and those that follow while its shim runs.</summary>
/// <param name="logs">The logs.</param>
/// <param name="time">The clock that tells when the last time that is asked for is over.</param>
internal sealed class LogLines(LogReaders logs, TimeProvider time)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    /// <summary>Reads the lines that are asked for, as <see cref="ISandboxProcesses.ReadLogAsync"/> says.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="directory">The directory of its shim.</param>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async IAsyncEnumerable<LogLine> ReadAsync(
        SandboxId sandbox, string directory, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using ShimConnection? connection = query.Follow ? await FollowAsync(directory, cancellationToken) : null;
        using LogReader log = logs.Open(sandbox, start: 0);
        var lines = new LineAssembler();
        var tail = new LineTail(query.Tail);
        for (bool ended = false; !ended;)
        {
            Frame? frame = connection is null ? null : await NextFrameAsync(connection, query.Until, cancellationToken);
            ended = frame is null;
            long limit = frame is { Control: ControlKind.LogLength } length
                ? BinaryPrimitives.ReadInt64BigEndian(length.Bytes.Span)
                : log.Length;
            while (log.TryRead(limit) is { } record)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (LogLine line in lines.Add(record).Where(tail.Passes).Where(query.Includes))
                {
                    yield return line;
                }
            }

            IEnumerable<LogLine> rest = ended ? lines.TakeRest().Where(tail.Passes).ToList() : [];
            foreach (LogLine line in tail.Open().Concat(rest).Where(query.Includes))
            {
                yield return line;
            }
        }
    }

    /// <summary>Connects to a shim, which then tells how long its log is and what the exit code is.</summary>
    /// <returns>Null when the shim has ended.</returns>
    internal static async Task<ShimConnection?> FollowAsync(string directory, CancellationToken cancellationToken)
    {
        ShimConnection? connection = await ShimConnection.ConnectAsync(directory, cancellationToken);
        if (connection is not null && !await connection.SendAsync(ControlKind.Attach, default, cancellationToken))
        {
            connection.Dispose();
            return null;
        }

        return connection;
    }

    /// <summary>Waits for the next frame of a shim whose log is followed.</summary>
    /// <returns>Null when the shim has ended, or when the last time that is asked for is over.</returns>
    private async Task<Frame?> NextFrameAsync(ShimConnection connection, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (until is not { } end)
        {
            return await connection.ReadAsync(cancellationToken);
        }

        using var limit = new CancellationTokenSource(TimeLeft(end), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await connection.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // At most what a timer takes, which is about 49 days.
    private TimeSpan TimeLeft(DateTimeOffset end)
    {
        TimeSpan left = end - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? Timeout.InfiniteTimeSpan : left;
    }
}
