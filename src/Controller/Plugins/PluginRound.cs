using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Recovery;

namespace Net.Controller.Plugins;

/// <summary>Tells plug-ins all that they have yet to be told: what was broken off, what could not be told before, and what has to be made
/// again because its link is gone. One plug-in that does not answer does not hold up what others have.</summary>
internal sealed class PluginRound(ControllerParts parts)
{
    /// <summary>Does it after a mending.</summary>
    /// <returns>What could not be done, each a sentence; null when there was nothing to do.</returns>
    public Task<IReadOnlyList<string>?> RunAsync(MendingReport report, CancellationToken cancellationToken) =>
        RunAsync([.. LostLinks(report)], cancellationToken);

    /// <summary>Does it, and has endpoints made again.</summary>
    /// <param name="lost">The endpoints whose link is gone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What could not be done, each a sentence; null when there was nothing to do.</returns>
    public async Task<IReadOnlyList<string>?> RunAsync(IReadOnlyList<Endpoint> lost, CancellationToken cancellationToken)
    {
        if (lost.Count == 0 && !PluginWork.Of(parts.Model.Current).Any && !parts.Replays.Any)
        {
            return null;
        }

        PluginWork work = PluginWork.Of(parts.Model.Current);
        IEnumerable<NetworkId> networks = work.Arrivals.Concat(work.Farewells).Select(entry => entry.Network.Id)
            .Concat(work.Unsettled.Concat(work.NetworkFarewells).Concat(parts.Replays.Networks).Select(network => network.Id))
            .Concat(lost.Select(endpoint => endpoint.Network))
            .Distinct();
        string?[] problems = await Task.WhenAll(networks.Select(id => RunAsync(id, lost, cancellationToken)));
        return [.. problems.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tells of what a sandbox had, after its network stack or the sandbox was removed. What cannot be told now is told
    /// later.</summary>
    public async Task AfterRemovalAsync(SandboxId sandbox)
    {
        if (PluginWork.Of(parts.Model.Current).Farewells.Any(entry => entry.Endpoint.Sandbox == sandbox))
        {
            Postpone(await new EndpointFarewell(parts).RunAsync(sandbox, CancellationToken.None));
        }
    }

    /// <summary>Tells of a network that was removed. What cannot be told now is told later.</summary>
    public async Task AfterRemovalAsync(NetworkId network)
    {
        PluginWork work = PluginWork.Of(parts.Model.Current);
        if (work.NetworkFarewells.Concat(work.Farewells.Select(entry => entry.Network)).Any(removed => removed.Id == network))
        {
            string? problem = await SayFarewellAsync(network, CancellationToken.None);
            Postpone(problem is null ? [] : [problem]);
        }
    }

    private void Postpone(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems)
        {
            parts.Log.Warning($"a plug-in has not been told yet of what is gone: {problem}");
        }

        if (problems.Count > 0)
        {
            parts.LeftBehind();
        }
    }

    private async Task<string?> SayFarewellAsync(NetworkId network, CancellationToken cancellationToken)
    {
        foreach ((Endpoint endpoint, _) in
            PluginWork.Of(parts.Model.Current).Farewells.Where(entry => entry.Network.Id == network))
        {
            if (await new EndpointFarewell(parts).RunAsync(endpoint.Id, cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        return await new NetworkFarewell(parts).RunAsync(network, cancellationToken);
    }

    private async Task<string?> RunAsync(NetworkId id, IReadOnlyList<Endpoint> lost, CancellationToken cancellationToken)
    {
        try
        {
            if (parts.Replays.Networks.FirstOrDefault(network => network.Id == id) is { } unreplayed)
            {
                await parts.Replays.RunAsync(parts, unreplayed, cancellationToken);
            }

            await TakeBackBrokenOffAsync(id);
            if (await SayFarewellAsync(id, cancellationToken) is { } problem)
            {
                return problem;
            }

            foreach (Endpoint endpoint in lost.Where(endpoint => endpoint.Network == id))
            {
                await PlugAgainAsync(endpoint.Id, cancellationToken);
            }

            foreach ((Endpoint endpoint, _) in
                PluginWork.Of(parts.Model.Current).Arrivals.Where(entry => entry.Network.Id == id).ToList())
            {
                await new EndpointArrival(parts).RunAsync(endpoint.Id, cancellationToken);
                await new WayOutNotice(parts).RunAsync(endpoint.Sandbox, cancellationToken);
            }

            return null;
        }
        catch (CnmException error)
        {
            return error.Message;
        }
    }

    // A network that the daemon before was making when it ended. One that this daemon is making has its turn until it is ready.
    private async Task TakeBackBrokenOffAsync(NetworkId id)
    {
        if (PluginWork.Of(parts.Model.Current).Unsettled.Any(network => network.Id == id))
        {
            await parts.NetworkTurns.RunAsync(
                id,
                () => parts.Queue.RunAsync(() => RemoveNetwork.BrokenOffAsync(parts, id), CancellationToken.None),
                CancellationToken.None);
        }
    }

    // The endpoints of running sandboxes whose link is gone: only the plug-in can make it again.
    private IEnumerable<Endpoint> LostLinks(MendingReport report)
    {
        ModelSnapshot model = parts.Model.Current;
        HashSet<string> missing = [.. report.Left.Missing.OfType<MovedLink>().Select(link => link.Owner.Tag)];
        return missing.Count == 0
            ? []
            : model.EndpointsById.Values.Where(endpoint => missing.Contains(OwnerId.Of(endpoint.Id).Tag));
    }

    private Task<bool> PlugAgainAsync(EndpointId id, CancellationToken cancellationToken) => parts.EndpointTurns.RunAsync(
        id,
        async () =>
        {
            ModelSnapshot model = parts.Model.Current;
            if (model.EndpointsById.GetValueOrDefault(id) is { Plugged.IsReady: true } endpoint)
            {
                await new EndpointFarewell(parts).TellAsync(endpoint, model[endpoint.Network], cancellationToken);
                await parts.Queue.RunAsync(
                    () => parts.Runner.RunAsync(new UnplugEndpoint(id), CancellationToken.None), CancellationToken.None);
            }

            return true;
        },
        cancellationToken);
}
