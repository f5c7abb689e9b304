using Net.Cnm.Identifiers;
using Net.Cnm.Plugins;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records that plug-ins have to make an endpoint of a running sandbox again, since its link is gone. It keeps its addresses if it
/// can. The result is whether there is such an endpoint.</summary>
internal sealed class UnplugEndpoint(EndpointId id) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.EndpointsById.GetValueOrDefault(id) is not { Plugged: { } plugged } endpoint)
        {
            return ValueTask.FromResult(false);
        }

        bool hasIpam = (plugged.TakenIPv4 ?? plugged.TakenIPv6) is not null;
        draft.Edit.Put((hasIpam ? ExitSandbox.WithoutStack(endpoint) : endpoint) with
        {
            MacAddress = plugged.ChoseEthernetAddress ? null : endpoint.MacAddress,
            Plugged = new PluggedEndpoint(),
        });
        return ValueTask.FromResult(true);
    }
}
