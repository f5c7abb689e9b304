namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>The scenarios that have a page.</summary>
internal static class Scenarios
{
    private const string Network = "netctl network create --subnet 172.18.0.0/24 -o com.docker.network.bridge.name=br-web";
    private const string DualStack =
        "netctl network create --ipv6 --subnet 172.18.0.0/24 --subnet fd00:18::/64 -o com.docker.network.bridge.name=br-web";
    private static readonly string[] RemoveBoth = ["netctl rm -f web", "netctl network rm web"];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("network", "A network", "What one network adds, before a container is on it.", [$"{Network} web"], ["netctl network rm web"]),
        new(
            "container",
            "A container on a network with IPv6",
            "A container publishes nothing; the rules see to it that it speaks with its own addresses only.",
            [$"{DualStack} web", "netctl create --name web --network web"], RemoveBoth),
        new(
            "publish", "A published port", "Reached by every address of the host, in both families.",
            [$"{DualStack} web", "netctl create --name web --network web -p 8080:80"], RemoveBoth),
        new(
            "publish-ipv4-only",
            "A published port of a container without IPv6",
            "What comes by IPv6 is taken by the daemon's forwarder: there is no rule for it.",
            [$"{Network} web", "netctl create --name web --network web -p 8080:80"], RemoveBoth),
        new(
            "publish-loopback", "A port published on loopback", "Reached from the host only, whatever a neighbour on the wire sends.",
            [$"{Network} web", "netctl create --name web --network web -p 127.0.0.1:8080:80"], RemoveBoth),
        new(
            "publish-address", "A port published on one address", "Not reached by the host's other addresses.",
            [$"{Network} web", "netctl create --name web --network web -p 192.0.2.1:8080:80/udp"], RemoveBoth),
        new(
            "publish-range", "Ranges of ports", "A range is one rule with iptables, one interval with nftables unless it is shifted.",
            [$"{Network} web", "netctl create --name web --network web -p 8000-8003:8000-8003 -p 9000-9003:90-93"], RemoveBoth),
        new(
            "internal",
            "An internal network",
            "Nothing enters or leaves it, in both families.",
            [$"{Network} --internal web"],
            ["netctl network rm web"]),
        new(
            "icc",
            "A network without communication between containers",
            "Its containers reach the outside, and each other only by published ports.",
            [$"{Network} -o com.docker.network.bridge.enable_icc=false web", "netctl create --name web --network web"], RemoveBoth),
        new(
            "no-masquerade", "A network that leaves with its own addresses", "Others need a route back to it.",
            [$"{Network} -o com.docker.network.bridge.enable_ip_masquerade=false web"], ["netctl network rm web"]),
        new(
            "source-address",
            "A network that leaves with a chosen address",
            "One of the host's, instead of that of the link a packet leaves by.",
            [$"{Network} -o com.docker.network.host_ipv4=192.0.2.1 web"], ["netctl network rm web"]),
        new(
            "routed", "Gateway mode routed", "No translation: a published port is opened on the container's own address.",
            [$"{Network} -o com.docker.network.bridge.gateway_mode_ipv4=routed web", "netctl create --name web --network web -p 80"],
            RemoveBoth),
        new(
            "nat-unprotected",
            "Gateway mode nat-unprotected",
            "Ports are published as ever, and who routes to the containers' addresses reaches all of them.",
            [$"{Network} -o com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected web"], ["netctl network rm web"]),
        new(
            "trusted", "A trusted interface", "Who comes in by it reaches the containers by their own addresses.",
            [$"{Network} -o com.docker.network.bridge.trusted_host_interfaces=lan web"], ["netctl network rm web"]),
        new(
            "antispoof",
            "A network whose containers may speak with any address",
            "For routers and address takeover; router advertisements stay forbidden.",
            [$"{Network} -o netctl.antispoof=false web", "netctl create --name web --network web"], RemoveBoth),
    ];
}
