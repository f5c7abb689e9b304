using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;

namespace Net.Controller.Lifecycles;

/// <summary>Runs one more command in a sandbox. One that has no command of its own gets its shim with the first.</summary>
internal sealed class SandboxExec(ControllerParts parts)
{
    /// <summary>Runs it.</summary>
    public async Task<IProcessStreams> RunAsync(string reference, ProcessConfig command, CancellationToken cancellationToken)
    {
        if (command.Command.Count == 0)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "the command is empty; give at least the name of a program");
        }

        Sandbox sandbox = await parts.Queue.RunAsync(() => WithShimAsync(reference, cancellationToken), cancellationToken);
        IReadOnlyList<string> below = sandbox.Process?.Environment ?? [];
        return await parts.Processes.ExecAsync(
            sandbox.Id,
            command with
            {
                Environment = ProcessEnvironment.Complete(ProcessEnvironment.Merge(below, command.Environment), sandbox.HostName, command.Terminal),
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

        if (sandbox.State == SandboxState.Created && await parts.Processes.ReadStateAsync(sandbox.Id, cancellationToken) is not { ShimAlive: true })
        {
            await parts.Processes.StartAsync(SandboxSpecs.For(sandbox, process: null, parts.Paths, parts.Options.HostName), CancellationToken.None);
        }

        return sandbox;
    }

    /// <summary>The error for a command that has ended.</summary>
    public static CnmException NotRunning(Sandbox sandbox) =>
        new(CnmErrorKind.Conflict, $"container {sandbox.Name} is not running; start it first");
}
