using System.Globalization;
using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Links;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Runs one more command in a running sandbox.</summary>
internal sealed class SandboxExec(ControllerParts parts)
{
    private const string ExecutionId = "execID";

    /// <summary>Tells of a command that is to be run later.</summary>
    /// <param name="reference">The sandbox.</param>
    /// <param name="id">The id of this run.</param>
    /// <param name="command">The command.</param>
    /// <exception cref="CnmException">InvalidParameter: the command is empty. Conflict: the sandbox does not run.</exception>
    public void Announce(string reference, string id, ProcessConfig command) =>
        Tell(FindRunning(reference, command), "exec_create", id, command);

    /// <summary>Runs the command.</summary>
    /// <param name="reference">The sandbox.</param>
    /// <param name="id">The id of this run, under which its events are told.</param>
    /// <param name="command">The command.</param>
    /// <param name="onEnd">Called once with the exit code when the command has ended; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The streams of the command. Its end is noticed also after they have been closed.</returns>
    /// <exception cref="CnmException">InvalidParameter: the command is empty. Conflict: the sandbox does not run. CommandNotFound,
    /// CommandNotExecutable: the program cannot be started.</exception>
    public async Task<IProcessStreams> RunAsync(
        string reference, string id, ProcessConfig command, Action<int>? onEnd, CancellationToken cancellationToken)
    {
        Sandbox sandbox = FindRunning(reference, command);
        Tell(sandbox, "exec_start", id, command);
        IProcessStreams streams = await parts.Processes.ExecAsync(sandbox.Id, Complete(sandbox, command), cancellationToken);
        return new ToldStreams(parts.Executions.Follow(streams, command.Terminal, code =>
        {
            onEnd?.Invoke(code);
            TellOfEnd(sandbox, id, code);
        }))
        {
            OnDetach = () => parts.Tell(sandbox, "exec_detach", (ExecutionId, id)),
        };
    }

    /// <summary>Runs the probe of a sandbox's health. It ends with the connection to its streams, also when the daemon is killed.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="id">The id of this run, under which its events are told; its end by <see cref="TellOfEnd"/>.</param>
    /// <param name="command">The probe.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="CnmException">As for <see cref="RunAsync"/>.</exception>
    public Task<IProcessStreams> ProbeAsync(Sandbox sandbox, string id, ProcessConfig command, CancellationToken cancellationToken)
    {
        FindRunning(sandbox.Id.Value, command);
        Tell(sandbox, "exec_create", id, command);
        Tell(sandbox, "exec_start", id, command);
        return parts.Processes.ProbeAsync(sandbox.Id, Complete(sandbox, command), cancellationToken);
    }

    private ProcessConfig Complete(Sandbox sandbox, ProcessConfig command)
    {
        IReadOnlyList<string> inherited = sandbox.Process is null
            ? [.. LinkVariables.Of(sandbox, parts.Model.Current)]
            : LinkVariables.AddTo(sandbox, parts.Model.Current).Process!.Environment;
        return command with
        {
            Environment = ProcessEnvironment.Complete(
                ProcessEnvironment.Merge(inherited, command.Environment), sandbox.HostName, command.Terminal),
        };
    }

    private Sandbox FindRunning(string reference, ProcessConfig command)
    {
        if (command.Command.Count == 0)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "the command is empty; give at least the name of a program");
        }

        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(sandbox);
        if (sandbox.IsRestarting)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"Container {sandbox.Id} is restarting, wait until the container is running");
        }

        if (sandbox.State != SandboxState.Running)
        {
            throw NotRunning(sandbox);
        }

        if (sandbox.IsPaused)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"Container {sandbox.Name} is paused, unpause the container before exec");
        }

        return sandbox;
    }

    // As Docker's, the action has a space after the program, also where no arguments follow.
    private void Tell(Sandbox sandbox, string action, string id, ProcessConfig command) =>
        parts.Tell(sandbox, $"{action}: {command.Command[0]} {string.Join(' ', command.Command.Skip(1))}", (ExecutionId, id));

    /// <summary>Tells of the end of a command.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="id">The id of its run.</param>
    /// <param name="code">Its exit code.</param>
    public void TellOfEnd(Sandbox sandbox, string id, int code) => parts.Tell(
        sandbox, "exec_die", (ExecutionId, id), ("exitCode", code.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The error for a sandbox that does not run.</summary>
    public static CnmException NotRunning(Sandbox sandbox) =>
        new(CnmErrorKind.Conflict, $"container {sandbox.Name} is not running; start it first");

    /// <summary>The error for a sandbox whose command does not run, or that has none.</summary>
    public static CnmException NoCommandRuns(Sandbox sandbox) => sandbox.Process is null
        ? new(CnmErrorKind.Conflict, $"container {sandbox.Name} has no command of its own; use netctl exec {sandbox.Name} COMMAND")
        : NotRunning(sandbox);
}
