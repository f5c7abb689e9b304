using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Controller;

namespace Net.Daemon.Http;

/// <summary>The further commands of containers that clients have created with this daemon. Of those that have ended, the latest are kept,
/// since clients ask for the exit code afterwards.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class ExecutionDirectory(NetworkController controller)
{
    private const int MaximumWaiting = 1000;
    private const int MaximumEnded = 1000;

    private readonly Lock _lock = new();
    private readonly List<Execution> _executions = []; // the oldest first

    /// <summary>Adds a command.</summary>
    /// <exception cref="CnmException">Unavailable: too many wait to be started. Conflict: the container does not run.</exception>
    public void Add(Execution execution)
    {
        lock (_lock)
        {
            _executions.RemoveAll(known => controller.Snapshot.Find(known.Sandbox) is null);
            if (_executions.Count(static known => known.IsWaiting) >= MaximumWaiting)
            {
                throw new CnmException(
                    CnmErrorKind.Unavailable, $"{MaximumWaiting} commands wait to be started; start them before creating more");
            }

            if (_executions.Count(static known => known.HasEnded) >= MaximumEnded)
            {
                _executions.Remove(_executions.First(static known => known.HasEnded));
            }
        }

        controller.AnnounceExec(execution.Sandbox.Value, execution.Id, execution.Command);
        lock (_lock)
        {
            _executions.Add(execution);
        }
    }

    /// <summary>Finds a command by its id.</summary>
    /// <exception cref="CnmException">NotFound: there is none, or none any more.</exception>
    public Execution Find(string id)
    {
        lock (_lock)
        {
            return _executions.Find(known => known.Id == id)
                ?? throw new CnmException(CnmErrorKind.NotFound, $"No such exec instance: {id}; create it first");
        }
    }

    /// <summary>The ids of the commands of a container that run.</summary>
    public IReadOnlyList<string> RunningIn(SandboxId sandbox)
    {
        lock (_lock)
        {
            return [.. _executions.Where(known => known.Sandbox == sandbox && known.Look() is { Began: true, Ended: false })
                .Select(static known => known.Id)];
        }
    }

    /// <summary>Starts a command whose start has begun (<see cref="Execution.Begin"/>).</summary>
    /// <returns>Its streams.</returns>
    /// <exception cref="CnmException">The command cannot be started.</exception>
    public async Task<IProcessStreams> StartAsync(Execution execution, ProcessConfig command, CancellationToken cancellationToken)
    {
        try
        {
            IProcessStreams streams = await RunAsync(execution, command, cancellationToken);
            execution.Run(streams);
            return streams;
        }
        catch (Exception error)
        {
            int? code = error is CnmException { Kind: var kind } ? ErrorTable.ExitCodeOf(kind) : null;
            execution.End(code ?? 255);
            throw;
        }
    }

    // As with Docker, a further command that cannot be started for a reason of its own, such as an unknown user, is one that cannot be
    // executed.
    private async Task<IProcessStreams> RunAsync(Execution execution, ProcessConfig command, CancellationToken cancellationToken)
    {
        try
        {
            return await controller.ExecAsync(execution.Sandbox.Value, execution.Id, command, execution.End, cancellationToken);
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.InvalidParameter)
        {
            throw new CnmException(CnmErrorKind.CommandNotExecutable, error.Message, error);
        }
    }
}
