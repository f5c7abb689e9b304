using System.Globalization;
using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Lifecycles;

/// <summary>Connects clients to the streams of a sandbox's command.</summary>
internal sealed class SandboxAttachment(ControllerParts parts)
{
    /// <summary>Connects a client.</summary>
    /// <param name="reference">The sandbox.</param>
    /// <param name="fromStart">Whether from the first byte that the command wrote, also when it has ended by now; otherwise it must run,
    /// and only what it writes from now on is read.</param>
    /// <param name="cancellationToken">Cancels the connecting.</param>
    /// <exception cref="CnmException">Conflict: the command was never started, does not run, or is paused.</exception>
    public async Task<IProcessStreams> RunAsync(string reference, bool fromStart, CancellationToken cancellationToken)
    {
        Sandbox sandbox = Find(reference);
        if (sandbox.State == SandboxState.Created || sandbox.Process is null || (!fromStart && sandbox.State != SandboxState.Running))
        {
            throw SandboxExec.NoCommandRuns(sandbox);
        }

        IProcessStreams streams = await (fromStart
            ? parts.Processes.AttachAsync(sandbox.Id, cancellationToken)
            : parts.Processes.AttachToNewAsync(sandbox.Id, cancellationToken));
        parts.Tell(sandbox, "attach");
        return Told(sandbox, streams);
    }

    /// <summary>Connects a client to the command that runs, or to the one that is started next.</summary>
    /// <param name="reference">The sandbox.</param>
    /// <param name="cancellationToken">The client leaves.</param>
    /// <returns>A task that ends with the start of the command, if it does not run.</returns>
    /// <exception cref="CnmException">Conflict: the sandbox is paused, waits for its restart, or has no command.</exception>
    public async Task<Task<IProcessStreams>> BeginAsync(string reference, CancellationToken cancellationToken)
    {
        Sandbox known = Find(reference);
        if (known.Process is null)
        {
            throw SandboxExec.NoCommandRuns(known);
        }

        Task<IProcessStreams>? start = await parts.Queue.RunAsync(
            () => Task.FromResult(parts.Model.Current.FindSandbox(known.Id.Value).State != SandboxState.Running
                ? parts.AwaitedStarts.Add(known.Id, cancellationToken)
                : null),
            cancellationToken);
        if (start is not null)
        {
            parts.Tell(known, "attach");
            return start;
        }

        return Task.FromResult(await RunAsync(known.Id.Value, fromStart: false, cancellationToken));
    }

    /// <summary>Tells the command's terminal its size.</summary>
    /// <param name="reference">The sandbox.</param>
    /// <param name="size">The size.</param>
    /// <param name="cancellationToken">Cancels the connecting.</param>
    /// <exception cref="CnmException">Conflict: the command does not run.</exception>
    public async Task ResizeAsync(string reference, TerminalSize size, CancellationToken cancellationToken)
    {
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        if (sandbox.State != SandboxState.Running || sandbox.Process is null)
        {
            throw SandboxExec.NoCommandRuns(sandbox);
        }

        await using IProcessStreams streams = Told(sandbox, await parts.Processes.AttachToNewAsync(sandbox.Id, cancellationToken));
        await streams.WriteAsync(StreamFrame.Resize(size), cancellationToken);
    }

    /// <summary>The streams as a client gets them.</summary>
    public IProcessStreams Told(Sandbox sandbox, IProcessStreams streams) => new ToldStreams(streams)
    {
        OnDetach = () => parts.Tell(sandbox, "detach"),
        OnResize = sandbox.Process is { Terminal: true } ? (rows, columns) => TellOfSize(sandbox, rows, columns) : null,
    };

    private Sandbox Find(string reference)
    {
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        string? hindrance = sandbox.IsPaused ? "paused, unpause the container before attach"
            : sandbox.IsRestarting ? "restarting, wait until the container is running before attach"
            : null;
        return hindrance is null
            ? sandbox
            : throw new CnmException(CnmErrorKind.Conflict, $"container {sandbox.Name} is {hindrance}");
    }

    private void TellOfSize(Sandbox sandbox, int rows, int columns) => parts.Tell(
        sandbox,
        "resize",
        ("height", rows.ToString(CultureInfo.InvariantCulture)),
        ("width", columns.ToString(CultureInfo.InvariantCulture)));
}
