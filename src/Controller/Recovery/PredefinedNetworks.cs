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
}
