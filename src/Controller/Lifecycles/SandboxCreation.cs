using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Recovery;
using Net.Controller.Requests;

namespace Net.Controller.Lifecycles;

/// <summary>Creates a sandbox. One without a command is up when this returns: its shim runs and keeps the network namespace. One whose
/// network stack another program makes has no shim.</summary>
internal sealed class SandboxCreation(ControllerParts parts)
{
    /// <summary>The operation that creates the sandbox in the model and in the kernel.</summary>
    /// <param name="parts">The controller.</param>
    /// <param name="request">What the sandbox is to have.</param>
    /// <param name="starts">Whether its command is started too.</param>
    public static CreateSandbox Operation(ControllerParts parts, SandboxCreateRequest request, bool starts) =>
        new(request, starts, parts.Endpoints, parts.Stacks, parts.Planner, parts.Options, parts.Time);

    /// <summary>Creates the sandbox.</summary>
    public async Task<SandboxCreated> RunAsync(SandboxCreateRequest request, CancellationToken cancellationToken)
    {
        bool isHeld = request is { Process: null, ForeignKey: null };
        SandboxCreated created = await parts.Queue.RunAsync(
            async () =>
            {
                await PredefinedNetworks.MakeMissingAsync(parts, cancellationToken);
                SandboxCreated created = await parts.Runner.RunAsync(Operation(parts, request, starts: false), cancellationToken);
                if (isHeld)
                {
                    parts.Watches.Expect(created.Id);
                }

                return created;
            },
            cancellationToken);
        if (isHeld)
        {
            await parts.Turns.RunAsync(created.Id, () => HoldAsync(created), CancellationToken.None);
        }

        return created;
    }

    private async Task<SandboxCreated> HoldAsync(SandboxCreated created)
    {
        PluginPatience patience = parts.Talks.BeginPatience();
        try
        {
            await new EndpointArrival(parts).RunAsync(created.Id, CancellationToken.None);
            await new ShimLaunch(parts).RunAsync(created.Id, awaitsReader: false);
        }
        catch
        {
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new RemoveSandbox(created.Id.Value, evenRunning: true), CancellationToken.None),
                CancellationToken.None);
            parts.Processes.RemoveFiles(created.Id);
            parts.Watches.Remove(created.Id, code: 0);
            await new PluginRound(parts).AfterRemovalAsync(created.Id, patience);
            throw;
        }

        parts.Watches.Begin(created.Id);
        return created;
    }
}
