using System.Text.Json;

using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Linux.Processes;
using Net.Shims.Orphans;
using Net.Shims.Pauses;
using Net.Shims.States;
using Net.Shims.Wire;

namespace Net.Shims;

/// <summary>Waits for shims to end and makes them end. No wait that was asked for is without a limit: a shim that does not end in time is
/// killed, and what a killed shim has left behind is ended.</summary>
/// <param name="directory">EXEC_ROOT/shims.</param>
/// <param name="time">The clock.</param>
/// <param name="onNotice">Receives sentences for the daemon's log, from any thread.</param>
/// <param name="pauses">Forgets what was paused when it has ended.</param>
internal sealed class ShimEndings(string directory, TimeProvider time, Action<SandboxId, string> onNotice, SandboxPauses pauses)
{
    /// <summary>How long a shim has to answer a request, and to end when it was asked to, beyond the grace time of its command.</summary>
    internal static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Waits, without a limit, until a sandbox's shim has ended. What a killed one held has no parent and no keeper any more, so
    /// it is ended too.</summary>
    /// <exception cref="CnmException">NotFound: the sandbox never had a shim.</exception>
    internal async Task<ShimRecord> WaitAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        await RequestEndAsync(
            DirectoryOf(sandbox), ControlKind.Wait, default, notice => onNotice(sandbox, notice), cancellationToken);
        ShimRecord record = StateFile.Read(DirectoryOf(sandbox))
            ?? throw new CnmException(CnmErrorKind.NotFound, $"container {sandbox.Short} was never started");
        record = record.Finished is null
            ? await EndOrphansAsync(sandbox, record, Signals.Kill, TimeSpan.Zero, cancellationToken)
            : record;
        pauses.Forget(sandbox);
        return record;
    }

    /// <inheritdoc cref="Net.Cnm.Processes.ISandboxProcesses.StopAsync"/>
    /// <exception cref="CnmException">Unavailable: a process does not end on SIGKILL.</exception>
    internal async Task StopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        string place = DirectoryOf(sandbox);
        bool forever = grace == Timeout.InfiniteTimeSpan;
        using var limit = new CancellationTokenSource(forever ? Timeout.InfiniteTimeSpan : grace + AnswerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await RequestEndAsync(
                place,
                ControlKind.Stop,
                PayloadOf(signal, grace, unlessAsked: false),
                onNotice: null,
                either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await KillShimAsync(sandbox, cancellationToken);
        }

        if (StateFile.Read(place) is { Finished: null } record)
        {
            await EndOrphansAsync(sandbox, record, signal, grace, cancellationToken);
        }

        pauses.Forget(sandbox);
    }

    /// <inheritdoc cref="Net.Cnm.Processes.ISandboxProcesses.BeginStopAsync"/>
    internal async Task BeginStopAsync(SandboxId sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        using ShimConnection? connection = await ShimConnection.ConnectAsync(DirectoryOf(sandbox), cancellationToken);
        if (connection is not null)
        {
            await connection.SendAsync(ControlKind.Stop, PayloadOf(signal, grace, unlessAsked: true), cancellationToken);
        }
    }

    private static byte[] PayloadOf(int signal, TimeSpan grace, bool unlessAsked)
    {
        long? limit = grace == Timeout.InfiniteTimeSpan ? null : (long)Math.Max(0, grace.TotalMilliseconds);
        return JsonSerializer.SerializeToUtf8Bytes(new StopRequest(signal, limit, unlessAsked), WireJson.Default.StopRequest);
    }

    private static async Task RequestEndAsync(
        string place,
        ControlKind request,
        ReadOnlyMemory<byte> payload,
        Action<string>? onNotice,
        CancellationToken cancellationToken)
    {
        using ShimConnection? connection = await ShimConnection.ConnectAsync(place, cancellationToken);
        if (connection is not null && await connection.SendAsync(request, payload, cancellationToken))
        {
            await connection.WaitForEndAsync(onNotice, cancellationToken);
        }

        // A process closes its descriptors some microseconds before it disappears from /proc.
        while (StateFile.Read(place) is { IsShimRunning: true })
        {
            await Task.Delay(1, cancellationToken);
        }
    }

    /// <summary>Ends a shim that did not end when it was asked to.</summary>
    private async Task KillShimAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        if (StateFile.Read(DirectoryOf(sandbox)) is { IsShimRunning: true } record)
        {
            onNotice(
                sandbox,
                $"its shim (process {record.Shim.Id}) did not end within {AnswerLimit.TotalSeconds} s when it was asked to; it is killed");
            Signals.Send(record.Shim.Id, Signals.Kill);
            await WaitForDeathAsync(sandbox, record.Shim, cancellationToken);
        }
    }

    /// <summary>Ends what a killed shim has left behind and records the end, which the shim could not.</summary>
    private async Task<ShimRecord> EndOrphansAsync(
        SandboxId sandbox, ShimRecord record, int signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (OrphanedProcesses.Find(record) is { Count: > 0 } orphans)
        {
            onNotice(
                sandbox,
                $"its shim was killed; what it held is ended: {string.Join(", ", orphans.Take(5).Select(static p => $"process {p.Id}"))}");
            await OrphanedProcesses.StopAsync(record, signal, grace, AnswerLimit, time, cancellationToken);
        }

        record = record with { Finished = time.GetUtcNow() };
        try
        {
            StateFile.Write(DirectoryOf(sandbox), record);
        }
        catch (IOException error)
        {
            // On a full disk. Whoever reads the old record looks for processes again, and finds none.
            onNotice(sandbox, $"its end could not be recorded: {error.Message}");
        }

        return record;
    }

    private async Task WaitForDeathAsync(SandboxId sandbox, ProcessIdentity process, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (process.IsRunning)
        {
            if (time.GetElapsedTime(start) > AnswerLimit)
            {
                throw new CnmException(
                    CnmErrorKind.Unavailable,
                    $"container {sandbox.Short}: process {process.Id} does not end on SIGKILL, so it waits in the kernel; see "
                        + $"/proc/{process.Id}/stack, and try again when it has ended");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }
    }

    private string DirectoryOf(SandboxId sandbox) => Path.Combine(directory, sandbox.Value);
}
