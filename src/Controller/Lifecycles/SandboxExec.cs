using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Links;

namespace Net.Controller.Lifecycles;

/// <summary>Runs one more command in a running sandbox.</summary>
internal sealed class SandboxExec(ControllerParts parts)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The streams of the command.</returns>
    /// <exception cref="CnmException">InvalidParameter: the command is empty. Conflict: the sandbox does not run. CommandNotFound,
    /// CommandNotExecutable: the program cannot be started.</exception>
    public async Task<IProcessStreams> RunAsync(string reference, ProcessConfig command, CancellationToken cancellationToken)
    {
        if (command.Command.Count == 0)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "the command is empty; give at least the name of a program");
        }

        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
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

        IReadOnlyList<string> inherited = sandbox.Process is null
            ? [.. LinkVariables.Of(sandbox, parts.Model.Current)]
            : LinkVariables.AddTo(sandbox, parts.Model.Current).Process!.Environment;
        parts.Tell(sandbox, $"exec_start: {string.Join(' ', command.Command)}");
        return await parts.Processes.ExecAsync(
            sandbox.Id,
            command with
            {
                Environment = ProcessEnvironment.Complete(
                    ProcessEnvironment.Merge(inherited, command.Environment), sandbox.HostName, command.Terminal),
            },
            cancellationToken);
    }

    /// <summary>The error for a sandbox that does not run.</summary>
    public static CnmException NotRunning(Sandbox sandbox) =>
        new(CnmErrorKind.Conflict, $"container {sandbox.Name} is not running; start it first");

    /// <summary>The error for a sandbox whose command does not run, or that has none.</summary>
    public static CnmException NoCommandRuns(Sandbox sandbox) => sandbox.Process is null
        ? new(CnmErrorKind.Conflict, $"container {sandbox.Name} has no command of its own; use netctl exec {sandbox.Name} COMMAND")
        : NotRunning(sandbox);
}
