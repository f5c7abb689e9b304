using System.Globalization;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Events;

/// <summary>What a change of the model means as events: so nothing happens without one, whoever has asked for it, recovery
/// included.</summary>
internal static class ModelEvents
{
    /// <summary>The events of a change, in the order in which Docker 28 tells them: containers come before they are connected and start
    /// after it, and they are disconnected before they end.</summary>
    public static IEnumerable<CnmEvent> Of(ModelChange change, DateTimeOffset now) =>
    [
        .. change.Networks.Where(id => Appears(change.Before.NetworksById, change.After.NetworksById, id))
            .Select(id => change.After[id]).Where(network => !network.IsPredefined).Select(network => Of(network, "create", now)),
        .. change.Sandboxes.SelectMany(id => Beginnings(change, id, now)),
        .. Joins(change.Before, change.After, change).Select(member => Of(member, "connect", now)),
        .. Joins(change.After, change.Before, change).Concat(Departures(change)).Select(member => Of(member, "disconnect", now)),
        .. change.Sandboxes.SelectMany(id => Changes(change, id, now)),
        .. change.Sandboxes.Where(id => Appears(change.After.SandboxesById, change.Before.SandboxesById, id))
            .Select(id => Of(change.Before[id], "destroy", now)),
        .. change.Networks.Where(id => Appears(change.After.NetworksById, change.Before.NetworksById, id))
            .Select(id => change.Before[id]).Where(network => !network.IsPredefined).Select(network => Of(network, "destroy", now)),
    ];

    /// <summary>An event of a container.</summary>
    /// <param name="sandbox">The container.</param>
    /// <param name="action">The action.</param>
    /// <param name="now">The time.</param>
    /// <param name="further">Further attributes.</param>
    public static CnmEvent Of(Sandbox sandbox, string action, DateTimeOffset now, params (string Name, string Value)[] further)
    {
        var attributes = new Dictionary<string, string>(sandbox.Labels, StringComparer.Ordinal) { ["name"] = sandbox.Name };
        foreach ((string name, string value) in further)
        {
            attributes[name] = value;
        }

        return new CnmEvent(EventKind.Container, action, sandbox.Id.Value, now, attributes);
    }

    private static bool Appears<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> before, IReadOnlyDictionary<TKey, TValue> after, TKey id)
        where TKey : notnull => !before.ContainsKey(id) && after.ContainsKey(id);

    private static IEnumerable<CnmEvent> Beginnings(ModelChange change, SandboxId id, DateTimeOffset now)
    {
        Sandbox? before = change.Before.Find(id);
        if (change.After.Find(id) is not { } after)
        {
            yield break;
        }

        if (before is null)
        {
            yield return Of(after, "create", now);
        }
        else if (before.Name != after.Name)
        {
            yield return Of(after, "rename", now, ("oldName", $"/{before.Name}"));
        }
    }

    private static IEnumerable<CnmEvent> Changes(ModelChange change, SandboxId id, DateTimeOffset now)
    {
        Sandbox? before = change.Before.Find(id);
        if (change.After.Find(id) is not { } after)
        {
            yield break;
        }

        bool ran = before is { State: SandboxState.Running, ProcessId: not null };
        bool runs = after is { State: SandboxState.Running, ProcessId: not null };
        if (!ran && runs)
        {
            yield return Of(after, "start", now);
        }
        else if (ran && after.State == SandboxState.Exited)
        {
            yield return Of(
                after,
                "die",
                now,
                ("exitCode", (after.ExitCode ?? 0).ToString(CultureInfo.InvariantCulture)),
                ("execDuration", ((int)Math.Max(0, (now - (after.Started ?? now)).TotalSeconds)).ToString(CultureInfo.InvariantCulture)));
        }

        if (before is not null && before.IsPaused != after.IsPaused && runs)
        {
            yield return Of(after, after.IsPaused ? "pause" : "unpause", now);
        }
    }

    // Who is on a network in the second model and was not in the first.
    private static IEnumerable<(Network Network, SandboxId Sandbox)> Joins(ModelSnapshot first, ModelSnapshot second, ModelChange change) =>
        change.Endpoints
            .Concat(change.Sandboxes.SelectMany(id => second.EndpointsOf(id)).Select(endpoint => endpoint.Id)).Distinct()
            .Where(id => InUse(second, id) && !InUse(first, id))
            .Select(id => second.EndpointsById[id])
            .OrderBy(endpoint => endpoint.Order)
            .Select(endpoint => (second[endpoint.Network], endpoint.Sandbox));

    // Who was taken off a network while it did not run, which Docker tells as well. The removal of a network or a sandbox is no such thing.
    private static IEnumerable<(Network Network, SandboxId Sandbox)> Departures(ModelChange change) => change.Endpoints
        .Where(id => !change.After.EndpointsById.ContainsKey(id))
        .Select(id => change.Before.EndpointsById.GetValueOrDefault(id)).OfType<Endpoint>()
        .Where(endpoint => !change.Before[endpoint.Sandbox].HasNetworkStack
            && change.After.Find(endpoint.Sandbox) is not null
            && change.After.NetworksById.ContainsKey(endpoint.Network))
        .Select(endpoint => (change.Before[endpoint.Network], endpoint.Sandbox));

    private static bool InUse(ModelSnapshot model, EndpointId id) =>
        model.EndpointsById.GetValueOrDefault(id) is { IsSettled: true } endpoint && model[endpoint.Sandbox].HasNetworkStack;

    private static CnmEvent Of((Network Network, SandboxId Sandbox) member, string action, DateTimeOffset now) =>
        Of(member.Network, action, now, ("container", member.Sandbox.Value));

    private static CnmEvent Of(Network network, string action, DateTimeOffset now, params (string Name, string Value)[] further) => new(
        EventKind.Network,
        action,
        network.Id.Value,
        now,
        new Dictionary<string, string>([KeyValuePair.Create("name", network.Name), KeyValuePair.Create("type", network.Driver),
            .. further.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]));
}
