using Net.Cnm.Addresses;

namespace Net.Controller;

/// <summary>Settings of the controller.</summary>
public sealed record ControllerOptions
{
    /// <summary>Where run-time files live: <c>netns/ID</c> and <c>containers/ID/{hosts,resolv.conf,hostname}</c> are below it. An absolute path.</summary>
    public required string ExecRoot { get; init; }

    /// <summary>Gateway and subnet of the default network as in <c>--bip</c>, or null to have one chosen. Read when the network is made first.</summary>
    public InterfaceAddress? DefaultBridgeAddress { get; init; }

    /// <summary>Whether the default network has IPv6.</summary>
    public bool DefaultBridgeIPv6 { get; init; }

    /// <summary>Options for the driver of the default network, such as its MTU.</summary>
    public IReadOnlyDictionary<string, string> DefaultBridgeOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The host's resolv.conf files in order of preference: the first that names a server which is not loopback counts.</summary>
    public IReadOnlyList<string> HostResolvConfPaths { get; init; } = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"];
}
