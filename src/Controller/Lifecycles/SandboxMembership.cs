using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Requests;

namespace Net.Controller.Lifecycles;

/// <summary>Connects sandboxes to networks and disconnects them. Where a network is a plug-in's, that is asked without the queue's
/// turn.</summary>
internal sealed class SandboxMembership(ControllerParts parts)
{
    /// <summary>Connects a sandbox to one more network.</summary>
    public async Task<Endpoint> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        PluginPatience patience = parts.Talks.BeginPatience();
        Endpoint endpoint = await parts.Queue.RunAsync(
            () => parts.Runner.RunAsync(
                new ConnectSandbox(request, parts.Endpoints, parts.Stacks), cancellationToken, yields: true),
            cancellationToken);
        if (endpoint.Plugged is null)
        {
            await new WayOutNotice(parts).TryAsync(endpoint.Sandbox);
            return endpoint;
        }

        try
        {
            await new EndpointArrival(parts).RunAsync(endpoint.Id, cancellationToken);
            await new WayOutNotice(parts).RunAsync(endpoint.Sandbox, cancellationToken);
            return parts.Model.Current.EndpointsById[endpoint.Id];
        }
        catch
        {
            await TakeBackAsync(endpoint, patience);
            throw;
        }
    }

    /// <summary>Disconnects a sandbox from a network.</summary>
    /// <returns>Whether it was connected.</returns>
    public async Task<bool> DisconnectAsync(string network, string sandbox, CancellationToken cancellationToken)
    {
        PluginPatience patience = parts.Talks.BeginPatience();
        SandboxId id = parts.Model.Current.FindSandbox(sandbox).Id;
        bool was = await parts.Queue.RunAsync(
            () => parts.Runner.RunAsync(new DisconnectSandbox(network, sandbox, parts.Stacks), cancellationToken),
            cancellationToken);
        await parts.Talks.WaitAsync(TellAsync(id), patience);
        return was;
    }

    // What ends comes first: the other endpoint may publish the same host ports.
    private async Task TellAsync(SandboxId sandbox)
    {
        await new PluginRound(parts).TellOfRemovalAsync(sandbox);
        await new WayOutNotice(parts).TryAsync(sandbox);
    }

    private async Task TakeBackAsync(Endpoint endpoint, PluginPatience patience)
    {
        if (parts.Model.Current.EndpointsById.ContainsKey(endpoint.Id))
        {
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(
                    new DisconnectSandbox(endpoint.Network.Value, endpoint.Sandbox.Value, parts.Stacks),
                    CancellationToken.None),
                CancellationToken.None);
        }

        await new PluginRound(parts).AfterRemovalAsync(endpoint.Sandbox, patience);
    }
}
