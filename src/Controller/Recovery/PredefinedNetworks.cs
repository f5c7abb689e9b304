using Net.Controller.Operations;
using Net.Controller.Requests;

namespace Net.Controller.Recovery;

/// <summary>The networks that always exist.</summary>
internal static class PredefinedNetworks
{
    /// <summary>What is made where it is not in the store.</summary>
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

    /// <summary>Makes those that a reset has removed while the daemon ran on. With the turn held.</summary>
    public static async Task MakeMissingAsync(ControllerParts parts, CancellationToken cancellationToken)
    {
        foreach (NetworkCreateRequest request in Requests(parts.Options))
        {
            if (!parts.Model.Current.NetworkNames.ContainsKey(request.Name))
            {
                await parts.Runner.RunAsync(new CreateNetwork(request, parts.Drivers, parts.Time) { IsPredefined = true }, cancellationToken);
            }
        }
    }
}
