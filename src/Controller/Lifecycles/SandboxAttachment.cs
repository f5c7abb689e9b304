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
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        string? hindrance = sandbox.IsPaused ? "paused, unpause the container before attach"
            : sandbox.IsRestarting ? "restarting, wait until the container is running before attach"
            : null;
        if (hindrance is not null)
        {
            throw new CnmException(CnmErrorKind.Conflict, $"container {sandbox.Name} is {hindrance}");
        }

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

    /// <summary>The streams as a client gets them.</summary>
    public IProcessStreams Told(Sandbox sandbox, IProcessStreams streams) => new ToldStreams(streams)
    {
        OnDetach = () => parts.Tell(sandbox, "detach"),
        OnResize = sandbox.Process is { Terminal: true } ? (rows, columns) => TellOfSize(sandbox, rows, columns) : null,
    };

    private void TellOfSize(Sandbox sandbox, int rows, int columns) => parts.Tell(
        sandbox,
        "resize",
        ("height", rows.ToString(CultureInfo.InvariantCulture)),
        ("width", columns.ToString(CultureInfo.InvariantCulture)));
}
