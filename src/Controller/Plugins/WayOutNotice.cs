using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Plugins;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Operations;

namespace Net.Controller.Plugins;

/// <summary>Tells plug-ins which of their endpoints is a sandbox's way out, through which its ports are published, and which no longer
/// is.</summary>
internal sealed class WayOutNotice(ControllerParts parts)
{
    /// <summary>Tells what has changed about a sandbox.</summary>
    /// <exception cref="CnmException">A plug-in refuses or does not answer. What it was not told stays in <see
    /// cref="PluginWork"/>.</exception>
    public async Task RunAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        // What ends comes before what begins: both may be about the same host ports.
        foreach (bool begins in (bool[])[false, true])
        {
            foreach (EndpointId id in WaysOut.ToTell(parts.Model.Current, sandbox, begins))
            {
                await parts.EndpointTurns.RunAsync(
                    id, () => parts.Talks.AskAsync(token => TellAsync(id, begins, token), cancellationToken), cancellationToken);
            }
        }
    }

    /// <summary>As <see cref="RunAsync"/>, after a command whose work is done: what cannot be told now is told later.</summary>
    /// <returns>Why a plug-in could not be told; null when it was.</returns>
    public async Task<string?> TryAsync(SandboxId sandbox)
    {
        try
        {
            await RunAsync(sandbox, CancellationToken.None);
            return null;
        }
        catch (CnmException error)
        {
            parts.Log.Warning($"a plug-in has not been told yet which network is a container's way out: {error.Message}");
            parts.PluginsLeftBehind();
            return error.Message;
        }
    }

    private async Task<bool> TellAsync(EndpointId id, bool begins, CancellationToken cancellationToken)
    {
        ModelSnapshot model = parts.Model.Current;
        if (model.EndpointsById.GetValueOrDefault(id) is not { } endpoint
            || !WaysOut.ToTell(model, endpoint.Sandbox, begins).Contains(id))
        {
            return false; // it was told, or has changed, while this waited for its turn
        }

        INetworkPlugin plugin = await parts.Drivers.FindPluginAsync(model[endpoint.Network].Driver, cancellationToken);
        Sandbox sandbox = model[endpoint.Sandbox];
        if (begins)
        {
            await plugin.ProgramExternalConnectivityAsync(endpoint, PluginPorts.Of(sandbox), cancellationToken);
        }
        else
        {
            await FarewellAnswer.TryAsync(parts.Log, () => plugin.RevokeExternalConnectivityAsync(endpoint, cancellationToken));
        }

        PluggedEndpoint Told(PluggedEndpoint now) => now with { IsWayOut = begins, ToldPorts = begins ? WaysOut.Ports(sandbox) : null };
        await parts.Queue.RunAsync(
            () => parts.Runner.RunAsync(
                new RecordArrival(id, now => now with { Plugged = Told(now.Plugged!) }, parts.Stacks), CancellationToken.None),
            CancellationToken.None);
        return true;
    }
}
