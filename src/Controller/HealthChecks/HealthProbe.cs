using System.Security.Cryptography;
using Net.Cnm.Errors;
using Net.Cnm.HealthChecks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Lifecycles;

namespace Net.Controller.HealthChecks;

/// <summary>Runs the probe of a sandbox once, without the queue's turn.</summary>
internal sealed class HealthProbe(ControllerParts parts)
{
    private const int KilledExitCode = 137;
    private const int IdBytes = 32;

    /// <summary>Runs the probe and ends it when it takes too long.</summary>
    /// <param name="sandbox">The sandbox, which has a probe.</param>
    /// <param name="stop">Ends the probe; its result is of no use any more.</param>
    /// <returns>How it went; null when the sandbox ended or was paused before it did.</returns>
    public async Task<ProbeResult?> RunAsync(Sandbox sandbox, CancellationToken stop)
    {
        HealthCheck check = sandbox.HealthCheck!;
        DateTimeOffset start = parts.Time.GetUtcNow();
        var exec = new SandboxExec(parts);
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        using var limit = new CancellationTokenSource(check.Timeout, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        IProcessStreams streams;
        try
        {
            streams = await exec.ProbeAsync(sandbox, id, CommandOf(sandbox, check), either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return TooLong(check, start, "");
        }
        catch (CnmException error)
        {
            // Of one that was paused or has ended meanwhile, nothing is found out.
            return parts.Model.Current.Find(sandbox.Id) is { State: SandboxState.Running, IsPaused: false }
                ? new ProbeResult(start, parts.Time.GetUtcNow(), -1, error.Message)
                : null;
        }

        // Closing the connection ends the probe, whatever becomes of it here.
        await using (streams)
        {
            var output = new ProbeOutput();
            try
            {
                if (await ReadAsync(streams, output, either.Token) is not { } code)
                {
                    return null;
                }

                exec.TellOfEnd(sandbox, id, code);
                return new ProbeResult(start, parts.Time.GetUtcNow(), code, output.ToString());
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                exec.TellOfEnd(sandbox, id, KilledExitCode);
                return TooLong(check, start, output.ToString());
            }
        }
    }

    private ProbeResult TooLong(HealthCheck check, DateTimeOffset start, string written) => new(
        start,
        parts.Time.GetUtcNow(),
        -1,
        $"Health check exceeded timeout ({DurationText.Of(check.Timeout)}){(written.Length > 0 ? $": {written}" : "")}");

    // The exit code; null when the connection ends without one.
    private static async Task<int?> ReadAsync(IProcessStreams streams, ProbeOutput output, CancellationToken cancellationToken)
    {
        while (await streams.ReadAsync(cancellationToken) is { } frame)
        {
            switch (frame.Kind)
            {
                case StreamKind.StandardOutput or StreamKind.StandardError:
                    output.Add(frame.Bytes.Span);
                    break;
                case StreamKind.Exit when frame.Bytes.Length == 1:
                    return frame.Bytes.Span[0];
            }
        }

        return null;
    }

    private static ProcessConfig CommandOf(Sandbox sandbox, HealthCheck check) => new()
    {
        Command = check.Command!,
        User = sandbox.Process?.User,
        WorkingDirectory = sandbox.Process?.WorkingDirectory ?? "/",
    };
}
