using System.Net;
using System.Net.Sockets;

using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Firewall.Iptables;

/// <summary>The rules of ports: translated for a published port, accepted for a routed network, or accepted between two linked containers.
/// A run of consecutive ports is one rule.</summary>
internal static class IptablesPortRules
{
    public static IEnumerable<IptablesRule> Of(PublishedPort port)
    {
        if (IPAddress.IsLoopback(port.HostAddress))
        {
            RuleMaker make = For(port, port.HostAddress);
            yield return make.Rule(
                "raw",
                IptablesLayout.Main,
                $"-d {port.HostAddress}/{make.HostLength} ! -i lo {Service(port.Protocol, port.HostPort, port.Count)}",
                "DROP",
                "A port published on loopback is not to be reached from another machine that sends to that address.");
        }

        // No rule for ::1, from which the kernel does not route; the daemon's forwarder serves it.
        if (!port.HostAddress.Equals(IPAddress.IPv6Loopback))
        {
            yield return Translation(port);
        }
    }

    /// <summary>The rule that translates to the container's address; its counters are those of the port.</summary>
    public static IptablesRule Translation(PublishedPort port)
    {
        RuleMaker make = For(port, port.HostAddress);
        bool any = port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);
        string destination = any ? "" : $"-d {port.HostAddress}/{make.HostLength} ";
        return make.Rule(
            "nat",
            IptablesLayout.Main,
            destination + Service(port.Protocol, port.HostPort, port.Count),
            $"DNAT --to-destination {Target(port)}",
            $"What arrives at {(port.Count == 1 ? "the published port" : "one of the published ports")} goes to the container.");
    }

    public static IptablesRule Of(OpenPort port)
    {
        RuleMaker make = For(port, port.ContainerAddress);
        return make.Rule(
            "filter", IptablesLayout.Forward,
            $"-d {port.ContainerAddress}/{make.HostLength} ! -i {port.Bridge} -o {port.Bridge} " +
            $"{Service(port.Protocol, port.ContainerPort, port.Count)}",
            "ACCEPT",
            "The network is routed: a published port is open on the container's own address.");
    }

    public static IptablesRule Of(LinkPolicy link)
    {
        RuleMaker make = For(link, link.Server);
        return make.Rule(
            "filter", IptablesLayout.Forward,
            $"-s {link.Client}/{make.HostLength} -d {link.Server}/{make.HostLength} -i {link.Bridge} -o {link.Bridge} " +
            $"{Service(link.Protocol, link.Port, 1)}",
            "ACCEPT",
            "A link lets one container reach a port of another, though the network's containers are kept apart.");
    }

    private static RuleMaker For(FirewallPolicy policy, IPAddress address) => new(PolicyFamilies.Of(address), FirewallTag.Of(policy.Owner));

    private static string Service(PortProtocol protocol, ushort first, ushort count)
    {
        string name = protocol.ToWord();
        return $"-p {name} -m {name} --dport {first}{(count == 1 ? "" : $":{first + count - 1}")}";
    }

    private static string Target(PublishedPort port)
    {
        if (port.Count > 1 && port.HostPort == port.ContainerPort)
        {
            return port.ContainerAddress.ToString(); // port numbers are kept
        }

        string address = port.ContainerAddress.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[{port.ContainerAddress}]"
            : port.ContainerAddress.ToString();
        return port.Count == 1
            ? $"{address}:{port.ContainerPort}"
            // The last number is the first host port, from which the offset of a port in the run is counted.
            : $"{address}:{port.ContainerPort}-{port.ContainerPort + port.Count - 1}/{port.HostPort}";
    }
}
