using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;

namespace Net.Controller.Lifecycles;

/// <summary>Runs one more command in a sandbox. A sandbox without a command of its own gets its shim with the first one.</summary>
internal sealed class SandboxExec(ControllerParts parts)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The streams of the command.</returns>
    /// <exception cref="CnmException">InvalidParameter: the command is empty. Conflict: the sandbox has exited. CommandNotFound,
    /// CommandNotExecutable: the program cannot be started.</exception>
    public async Task<IProcessStreams> RunAsync(string reference, ProcessConfig command, CancellationToken cancellationToken)
    {
        if (command.Command.Count == 0)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "the command is empty; give at least the name of a program");
        }

        Sandbox sandbox = await parts.Queue.RunAsync(() => WithShimAsync(reference, cancellationToken), cancellationToken);
        IReadOnlyList<string> inherited = sandbox.Process?.Environment ?? [];
        return await parts.Processes.ExecAsync(
            sandbox.Id,
            command with
            {
                Environment = ProcessEnvironment.Complete(
                    ProcessEnvironment.Merge(inherited, command.Environment), sandbox.HostName, command.Terminal),
            },
            cancellationToken);
    }

    private async Task<Sandbox> WithShimAsync(string reference, CancellationToken cancellationToken)
    {
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        if (!sandbox.HasNetworkStack)
        {
            throw NotRunning(sandbox);
        }

        if (sandbox.State == SandboxState.Created
            && await parts.Processes.ReadStateAsync(sandbox.Id, cancellationToken) is not { ShimAlive: true })
        {
            await parts.Processes.StartAsync(
                SandboxSpecs.For(sandbox, process: null, parts.Paths, parts.Options), CancellationToken.None);
        }

        return sandbox;
    }

    /// <summary>The error for a sandbox whose command does not run.</summary>
    public static CnmException NotRunning(Sandbox sandbox) =>
        new(CnmErrorKind.Conflict, $"container {sandbox.Name} is not running; start it first");
}
