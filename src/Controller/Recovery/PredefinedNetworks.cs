using Net.Controller.Operations;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>The predefined networks, which always exist: bridge, host and none.</summary>
internal static class PredefinedNetworks
{
    /// <summary>The requests that create them.</summary>
    public static IReadOnlyList<NetworkCreateRequest> Requests(ControllerOptions options) =>
    [
        new()
        {
            Name = "bridge",
            Driver = "bridge",
            EnableIPv6 = options.DefaultBridgeIPv6,
            Options = options.DefaultBridgeOptions,
            Subnets = options.DefaultBridgeAddress is { } address
                ? [new SubnetRequest { Subnet = address.Subnet, Gateway = address.Address }]
                : [],
        },
        new() { Name = "host", Driver = "host" },
        new() { Name = "none", Driver = "null" },
    ];

    /// <summary>Creates those that are missing, in the model and the store only. Runs inside the operation queue.</summary>
    public static async Task StoreMissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        foreach (NetworkCreateRequest request in Requests(parts.Options))
        {
            if (!parts.Model.Current.NetworkNames.ContainsKey(request.Name))
            {
                Draft draft = parts.Runner.NewDraft();
                try
                {
                    var operation = new CreateNetwork(request, parts.Drivers, parts.Time) { IsPredefined = true };
                    await operation.ResolveAsync(draft, cancellationToken);
                    parts.Runner.StoreOnly(draft);
                }
                catch
                {
                    await draft.Reservations.UndoAsync();
                    throw;
                }
            }
        }
    }
}
