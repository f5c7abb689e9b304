using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Ports;

namespace Net.Kernel.Errors;

/// <summary>The words for desired objects in messages.</summary>
internal static class ObjectWords
{
    /// <summary>A few words that name the object and where it is.</summary>
    public static string Of(DesiredObject desired) => desired switch
    {
        LinkObject link => link.Words,
        LinkAddress address => $"address {address.Address} on {address.Link}{Where(address.Namespace)}",
        RouteObject route => $"route to {Destination(route)} by {route.Link}{Where(route.Namespace)}",
        NeighbourObject neighbour => $"neighbour {neighbour.Address} on {neighbour.Link}{Where(neighbour.Namespace)}",
        SysctlObject setting => $"setting {setting.Path}{Where(setting.Namespace)}",
        AdoptedNamespace sandbox => $"network namespace {sandbox.Source} of {sandbox.Namespace}",
        NamespaceObject sandbox => $"network namespace of {sandbox.Namespace}",
        NamespaceName name => $"name {name.Name} for ip netns",
        HeldPort port => HeldPortWords.Of(port),
        ResolverListener resolver => $"resolver of {resolver.Namespace}",
        SandboxFile file => $"file {file.Path}",
        FirewallPolicy policy => $"rules for {policy.Key}",
        _ => desired.Key,
    };

    /// <summary><c>default</c> or the subnet.</summary>
    public static string Destination(RouteObject route) => route.Destination.PrefixLength == 0 ? "default" : route.Destination.ToString();

    private static string Where(NamespaceRef @namespace) => @namespace.IsHost ? "" : $" of {@namespace}";
}
