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
    /// <summary>The endpoints of running sandboxes whose link is gone by a mending: only the plug-in can make it again.</summary>
    public static IReadOnlyList<Endpoint> LostLinks(ModelSnapshot model, MendingReport report)
    {
        HashSet<string> missing = [.. report.Left.Missing.OfType<MovedLink>().Select(link => link.Owner.Tag)];
        return missing.Count == 0
            ? []
            : [.. model.EndpointsById.Values.Where(endpoint => missing.Contains(OwnerId.Of(endpoint.Id).Tag))];
    }

    /// <summary>Does it after a mending.</summary>
    /// <returns>What could not be done, each a sentence; null when there was nothing to do.</returns>
    public Task<IReadOnlyList<string>?> RunAsync(MendingReport report, CancellationToken cancellationToken) =>
        RunAsync(LostLinks(parts.Model.Current, report), cancellationToken);

    /// <summary>Does it, and has endpoints made again.</summary>
    /// <param name="lost">The endpoints whose link is gone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What could not be done, each a sentence; null when there was nothing to do.</returns>
    public async Task<IReadOnlyList<string>?> RunAsync(IReadOnlyList<Endpoint> lost, CancellationToken cancellationToken)
    {
        NetworkId[] networks =
        [
            .. PluginWork.Of(parts.Model.Current).Networks.Concat(parts.Replays.Networks).Select(network => network.Id)
                .Concat(lost.Select(endpoint => endpoint.Network))
                .Distinct(),
        ];
        if (networks.Length == 0)
        {
            return null;
        }

        IReadOnlyList<string>[] problems = await Task.WhenAll(networks.Select(id => RunAsync(id, lost, cancellationToken)));
        return [.. problems.SelectMany(problem => problem).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tells of what a sandbox had, after its network stack or the sandbox was removed. What cannot be told within the command's
    /// patience is told later.</summary>
    public Task AfterRemovalAsync(SandboxId sandbox, PluginPatience patience) =>
        parts.Talks.WaitAsync(TellOfRemovalAsync(sandbox), patience);

    /// <summary>As <see cref="AfterRemovalAsync(SandboxId, PluginPatience)"/>, without an end to the patience.</summary>
    public async Task TellOfRemovalAsync(SandboxId sandbox) =>
        Postpone(await new EndpointFarewell(parts).RunAsync(sandbox, CancellationToken.None));

    /// <summary>Tells of networks that were removed. What cannot be told within the command's patience is told later.</summary>
    public Task AfterRemovalAsync(IEnumerable<NetworkId> networks, PluginPatience patience)
    {
        PluginWork work = PluginWork.Of(parts.Model.Current);
        return parts.Talks.WaitAsync(
            Task.WhenAll(networks
                .Where(id => work.NetworkFarewells.Concat(work.Farewells.Select(entry => entry.Network)).Any(removed => removed.Id == id))
                .Select(async id => Postpone(await SayFarewellAsync(id, CancellationToken.None) is { } problem ? [problem] : []))),
            patience);
    }

    private void Postpone(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems)
        {
            parts.Log.Warning($"a plug-in has not been told yet of what is gone: {problem}");
        }

        if (problems.Count > 0)
        {
            parts.PluginsLeftBehind();
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

    // A plug-in that refuses one thing is asked for the others; one that does not answer is not, since each would take as long.
    private async Task<IReadOnlyList<string>> RunAsync(
        NetworkId id, IReadOnlyList<Endpoint> lost, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        foreach (Func<Task> step in Steps(id, lost, cancellationToken))
        {
            try
            {
                await step();
            }
            catch (CnmException error)
            {
                problems.Add(error.Message);
                if (error.Kind != CnmErrorKind.Internal)
                {
                    break;
                }
            }
        }

        return problems;
    }

    // What comes later is looked up when what comes before is done.
    private IEnumerable<Func<Task>> Steps(NetworkId id, IReadOnlyList<Endpoint> lost, CancellationToken cancellationToken)
    {
        if (parts.Replays.Networks.FirstOrDefault(network => network.Id == id) is { } unreplayed)
        {
            yield return () => parts.Replays.RunAsync(parts, unreplayed, cancellationToken);
        }

        yield return () => TakeBackBrokenOffAsync(id);
        yield return async () =>
        {
            if (await SayFarewellAsync(id, cancellationToken) is { } problem)
            {
                throw new CnmException(CnmErrorKind.Unavailable, problem);
            }
        };
        foreach (Endpoint endpoint in lost.Where(endpoint => endpoint.Network == id))
        {
            yield return () => PlugAgainAsync(endpoint.Id, cancellationToken);
        }

        foreach ((Endpoint endpoint, _) in PluginWork.Of(parts.Model.Current).Arrivals.Where(entry => entry.Network.Id == id).ToList())
        {
            yield return () => new EndpointArrival(parts).RunAsync(endpoint.Id, cancellationToken);
        }

        foreach ((Endpoint endpoint, _) in PluginWork.Of(parts.Model.Current).WaysOut.Where(entry => entry.Network.Id == id).ToList())
        {
            yield return () => new WayOutNotice(parts).RunAsync(endpoint.Sandbox, cancellationToken);
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
