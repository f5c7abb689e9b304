using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Controller.Choices;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records what plug-ins have answered about an endpoint of a running sandbox. When that is all, the endpoint is made in the
/// kernel. The result is the endpoint.</summary>
internal sealed class RecordArrival(EndpointId id, Func<Endpoint, Endpoint> change, StackChoices stacks) : IOperation<Endpoint>
{
    /// <inheritdoc/>
    public ValueTask<Endpoint> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        ModelSnapshot model = draft.Edit.Now;
        if (model.EndpointsById.GetValueOrDefault(id) is not { Plugged: not null } before
            || model[before.Sandbox] is not { HasNetworkStack: true } sandbox)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, "the container was stopped or disconnected while the plug-in of its network was asked; try again");
        }

        Endpoint endpoint = change(before);
        if (endpoint.Plugged is { IsReady: true, InterfacePrefix: { } prefix })
        {
            endpoint = endpoint with { InterfaceName = NameOf(model, endpoint, prefix) };
        }

        draft.Edit.Put(endpoint);
        if (endpoint.IsSettled)
        {
            stacks.Refresh(draft, sandbox.Id);
        }

        return ValueTask.FromResult(endpoint);
    }

    // The name that the user asked for, or the plug-in's prefix with the lowest number that no other interface has.
    private static string NameOf(ModelSnapshot model, Endpoint endpoint, string prefix)
    {
        HashSet<string> taken =
            [.. model.EndpointsOf(endpoint.Sandbox).Where(other => other.Id != endpoint.Id).Select(other => other.InterfaceName)];
        bool isAsked = endpoint.DriverOptions is { } options && EndpointOptions.Parse(options).InterfaceName is not null;
        bool fits = endpoint.InterfaceName.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(endpoint.InterfaceName.AsSpan(prefix.Length), out _);
        return isAsked || fits
            ? endpoint.InterfaceName
            : Enumerable.Range(0, taken.Count + 1).Select(number => FormattableString.Invariant($"{prefix}{number}"))
                .First(name => !taken.Contains(name));
    }
}
