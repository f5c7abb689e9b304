using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Plans;

namespace Net.Controller.Plugins;

/// <summary>Which endpoints of plug-ins are the way out of their sandbox, by the model, and which of that the plug-ins have yet to be
/// told.</summary>
internal static class WaysOut
{
    /// <summary>The endpoints of a sandbox of which a plug-in has yet to be told that they begin or end to be the way out. An endpoint
    /// whose ports have changed ends, and then begins with the new ones.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="begins">Whether those that begin are wanted, or those that end.</param>
    public static IReadOnlyList<EndpointId> ToTell(ModelSnapshot model, SandboxId sandbox, bool begins)
    {
        if (model.Find(sandbox) is not { HasNetworkStack: true } stack)
        {
            return [];
        }

        (Endpoint Endpoint, Network Network)[] endpoints = [.. model.EndpointsOf(sandbox).Select(e => (e, model[e.Network]))];
        EndpointId?[] holders =
        [
            DefaultRoutes.Holder(endpoints, ipv6: false)?.Endpoint.Id, DefaultRoutes.Holder(endpoints, ipv6: true)?.Endpoint.Id,
        ];
        string ports = Ports(stack);
        return
        [
            .. endpoints
                .Where(entry => entry is { Network.Plugged.HasDriver: true, Endpoint.Plugged.IsReady: true })
                .Where(entry => begins
                    ? !entry.Endpoint.Plugged!.IsWayOut && holders.Contains(entry.Endpoint.Id)
                    : entry.Endpoint.Plugged!.IsWayOut
                        && (!holders.Contains(entry.Endpoint.Id) || (entry.Endpoint.Plugged.ToldPorts ?? ports) != ports))
                .Select(entry => entry.Endpoint.Id),
        ];
    }

    /// <summary>The ports that a plug-in publishes for a sandbox, as text, to be compared.</summary>
    public static string Ports(Sandbox sandbox) => string.Join(
        ' ',
        PluginPorts.Of(sandbox).Published
            .Select(port => FormattableString.Invariant(
                $"{port.HostAddress}:{port.HostPort}-{port.LastHostPort}:{port.Port}/{port.Protocol}"))
            .Order(StringComparer.Ordinal));
}
