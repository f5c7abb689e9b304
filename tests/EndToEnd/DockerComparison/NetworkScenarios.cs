using static Net.Tests.EndToEnd.DockerComparison.Differences;
using static Net.Tests.EndToEnd.DockerComparison.Step;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Networks that a user makes, and containers on several of them.</summary>
internal static class NetworkScenarios
{
    /// <summary>One container on several networks, connected and disconnected while it runs.</summary>
    public static readonly Scenario Several = new(
    [
        Do("network create --subnet 10.77.0.0/24 net7"),
        Do("network create --subnet 10.78.0.0/24 --internal net8"),
        Do("network create --subnet 10.79.0.0/24 --gateway 10.79.0.200 --ip-range 10.79.0.128/25 --aux-address " +
                "printer=10.79.0.129 net9"),
        Do("run -d --name box1 --network net7 --network-alias other --ip 10.77.0.77 --mac-address " +
                "02:00:00:00:00:07 IMAGE sleep 1000"),
        Do("run -d --name box2 --network net7 -h box.example.org IMAGE sleep 1000"),
        See("box1"),
        See("box2"),
        Do("network connect --alias more --ip 10.78.0.9 net8 box1"),
        See("box1"),
        Do("network connect net9 box1"),
        See("box1"),
        Do("network connect net9 box1"),
        Do("network connect --ip 10.78.0.9 net8 box2"),
        Do("network connect --ip 10.99.0.9 net8 box2")
            .Differs(
                NewerWords,
                docker: "error: Invalid address 10.99.0.9: It does not belong to any of this network's subnets",
                netctl: "error: invalid config for network net8: invalid endpoint settings: no configured subnet contains IP " +
                    "address 10.99.0.9; choose one of 10.78.0.0/24"),
        Do("network connect nosuch box2"),
        Do("network connect net8 nobody"),
        Do("network connect bridge box2"),
        See("box2")
            .Differs(
                GatewayOrder,
                docker: "route dst default gateway 172.17.0.1 dev eth1",
                netctl: "route dst default gateway 10.77.0.1 dev eth0"),
        Do("network disconnect net7 box1"),
        See("box1")
            .Differs(
                HostsLines,
                netctl: "10.78.0.9\tshort id 4\n" +
                    "10.79.0.128\tshort id 4"),
        Do("network disconnect net7 box1")
            .Differs(
                OwnWords,
                docker: "error: container id 4 is not connected to network net7",
                netctl: "error: container box1 is not connected to network net7; see netctl network inspect net7"),
        Do("network disconnect nosuch box1"),
        Do("network disconnect net8 box1"),
        Do("network disconnect net9 box1"),
        See("box1")
            .Differs(
                ResolverFollows,
                docker: "nameserver 127.0.0.11\n" +
                    "options ndots:0",
                netctl: "nameserver 192.0.2.2"),
    ]);

    /// <summary>Networks are connected and disconnected while the container does not run.</summary>
    public static readonly Scenario Stopped = new(
    [
        Do("network create --subnet 10.77.0.0/24 net7"),
        Do("network create --subnet 10.78.0.0/24 --internal net8"),
        Do("create --name box1 --network net7 --ip 10.77.0.50 IMAGE sleep 1000"),
        Do("network connect --ip 10.78.0.40 net8 box1"),
        Do("network connect net8 box1")
            .Differs(
                ConnectedTwice,
                docker: "exit 0",
                netctl: "exit 1\n" +
                    "error: endpoint with name box1 already exists in network net8; disconnect the container first"),
        Do("start box1"),
        See("box1"),
        Do("stop -t 0 box1"),
        Do("network disconnect net7 box1"),
        Do("start box1"),
        See("box1")
            .Differs(InternalRoute, docker: "route dst default gateway 10.78.0.1 dev eth0"),
        Do("network rm net8")
            .Differs(
                NewerWords,
                docker: "error: error while removing network: network net8 id id 2 has active endpoints",
                netctl: "error: network net8 has active endpoints (name:\"box1\" id:\"short id 4\"); disconnect them or " +
                    "remove the containers"),
        Do("stop -t 0 box1"),
        Do("network rm net8"),
        Do("start box1")
            .Differs(
                OwnWords,
                docker: "error: network id 2 not found",
                netctl: "error: network net8 not found: it was removed while container box1 had exited; make it again and " +
                    "connect the container to it, or give it up with netctl network disconnect net8 box1"),
        Do("network rm net7"),
        Do("network rm net7")
            .Differs(
                NewerWords,
                docker: "error: No such network: net7",
                netctl: "error: network net7 not found; netctl network ls lists those that are there"),
    ]);

    /// <summary>A network of both families.</summary>
    public static readonly Scenario IPv6 = new(
    [
        Do("network create --ipv6 --subnet 10.80.0.0/24 --subnet fd00:80::/64 net6"),
        Do("run -d --name box1 --network net6 --ip6 fd00:80::77 IMAGE sleep 1000"),
        See("box1"),
        Do("run -d --name box2 --network net6 IMAGE sleep 1000"),
        See("box2"),
        Do("network disconnect net6 box1"),
        See("box1")
            .Differs(
                ResolverFollows,
                docker: "nameserver 127.0.0.11\n" +
                    "options ndots:0",
                netctl: "nameserver 192.0.2.2"),
        Do("network connect --ip6 fd00:80::78 --ip 10.80.0.9 net6 box1"),
        See("box1")
            .Differs(
                InterfaceNames,
                docker: "eth1 mtu 1500 UP ether MAC\n" +
                    "eth1 inet 10.80.0.9/24 broadcast 10.80.0.255 scope global\n" +
                    "eth1 inet6 fd00:80::78/64 scope global\n" +
                    "eth1 inet6 fe80::of-its-mac/64 scope link\n" +
                    "route dst default gateway 10.80.0.1 dev eth1\n" +
                    "route dst 10.80.0.0/24 dev eth1 protocol kernel scope link prefsrc 10.80.0.9\n" +
                    "route dst fd00:80::/64 dev eth1 protocol kernel metric 256\n" +
                    "route dst fe80::/64 dev eth1 protocol kernel metric 256\n" +
                    "route dst default gateway fd00:80::1 dev eth1 metric 1024",
                netctl: "eth0 mtu 1500 UP ether MAC\n" +
                    "eth0 inet 10.80.0.9/24 broadcast 10.80.0.255 scope global\n" +
                    "eth0 inet6 fd00:80::78/64 scope global\n" +
                    "eth0 inet6 fe80::of-its-mac/64 scope link\n" +
                    "route dst default gateway 10.80.0.1 dev eth0\n" +
                    "route dst 10.80.0.0/24 dev eth0 protocol kernel scope link prefsrc 10.80.0.9\n" +
                    "route dst fd00:80::/64 dev eth0 protocol kernel metric 256\n" +
                    "route dst fe80::/64 dev eth0 protocol kernel metric 256\n" +
                    "route dst default gateway fd00:80::1 dev eth0 metric 1024"),
    ]);

    /// <summary>What networks and addresses are refused.</summary>
    public static readonly Scenario Refusals = new(
    [
        Do("network create --subnet 10.77.0.0/24 net7"),
        Do("network create --subnet 10.81.0.0/24 net7"),
        Do("network create --subnet 10.77.0.128/25 other")
            .Differs(
                OwnWords,
                docker: "error: Pool overlaps with other one on this address space",
                netctl: "error: network \"other\": subnet 10.77.0.128/25 overlaps 10.77.0.0/24 of network \"net7\"; choose " +
                    "another with --subnet"),
        Do("network create --subnet 10.1.2.3 other")
            .Differs(
                OwnWords,
                docker: "error: Invalid subnet 10.1.2.3 : invalid CIDR address: 10.1.2.3",
                netctl: "error: invalid subnet \"10.1.2.3\": it takes an address and a prefix length such as 10.5.0.0/24"),
        Do("network create --subnet bogus other")
            .Differs(
                OwnWords,
                docker: "error: Invalid subnet bogus : invalid CIDR address: bogus",
                netctl: "error: invalid subnet \"bogus\": it takes an address and a prefix length such as 10.5.0.0/24"),
        Do("network create --subnet 10.81.0.0/24 --gateway 10.82.0.1 other")
            .Differs(
                OwnWords,
                docker: "error: no matching subnet for gateway 10.82.0.1",
                netctl: "error: gateway 10.82.0.1 lies in no subnet of the network (10.81.0.0/24)"),
        Do("network create --subnet 10.81.0.0/24 --ip-range 10.82.0.0/25 other")
            .Differs(
                OwnWords,
                docker: "error: no matching subnet for range 10.82.0.0/25",
                netctl: "error: ip-range 10.82.0.0/25 lies in no subnet of the network (10.81.0.0/24)"),
        Do("network create --gateway 10.82.0.1 other")
            .Differs(
                OwnWords,
                docker: "error: every ip-range or gateway must have a corresponding subnet",
                netctl: "error: gateway 10.82.0.1 lies in no subnet of the network (there is none; give --subnet)"),
        Do("network create --subnet 10.81.0.0/24 --aux-address x=10.82.0.1 other")
            .Differs(
                OwnWords,
                docker: "error: no matching subnet for aux-address 10.82.0.1",
                netctl: "error: aux-address x=10.82.0.1 lies in no subnet of the network (10.81.0.0/24)"),
        Do("network create --subnet 10.81.0.0/24 --subnet 10.82.0.0/24 other")
            .Differs(
                OwnWords,
                docker: "error: bridge driver doesn't support multiple subnets",
                netctl: "error: network other cannot have several subnets of one family; give one IPv4 and one IPv6 subnet " +
                    "at most"),
        Do("network rm nosuch")
            .Differs(
                NewerWords,
                docker: "error: No such network: nosuch",
                netctl: "error: network nosuch not found; netctl network ls lists those that are there"),
        Do("network inspect nosuch")
            .Differs(
                NewerWords,
                docker: "error: No such network: nosuch",
                netctl: "error: network nosuch not found; netctl network ls lists those that are there"),
        Do("run --rm --name refused --network nosuch IMAGE true"),
        Do("run --rm --name refused --network net7 --ip 10.99.0.1 IMAGE true")
            .Differs(
                NewerWords,
                docker: "error: Invalid address 10.99.0.1: It does not belong to any of this network's subnets",
                netctl: "error: invalid config for network net7: invalid endpoint settings: no configured subnet contains IP " +
                    "address 10.99.0.1; choose one of 10.77.0.0/24"),
        Do("run --rm --name refused --network net7 --ip 10.77.0.1 IMAGE true"),
        Do("run --rm --name refused --network net7 --ip 10.77.0.255 IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: Address already in use",
                netctl: "error: invalid address 10.77.0.255: it is the network or broadcast address of subnet 10.77.0.0/24 " +
                    "of network \"net7\"; choose another inside it"),
        Do("run --rm --name refused --network net7 --ip bogus IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: invalid IPv4 address: bogus",
                netctl: "error: invalid IP address \"bogus\": it is not an IP address, as 10.1.0.1 or fd00:1::1"),
        Do("run --rm --name refused --network net7 --ip6 fd00::1 IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: user specified IP address is supported only when connecting to networks with user configured " +
                    "subnets",
                netctl: "error: address fd00::1 on network net7: the network has no IPv6 subnet; leave the address out or " +
                    "choose another network"),
        Do("run --rm --name refused --network net7 --mac-address bogus IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: bogus is not a valid mac address",
                netctl: "error: invalid MAC address \"bogus\": write six hexadecimal bytes, as in MAC"),
        Do("ps -a --format '{{.Names}} {{.State}}'"),
        Do("run -d --name box1 --network net7 --ip 10.77.0.9 IMAGE sleep 1000"),
        Do("run --name taken --network net7 --ip 10.77.0.9 IMAGE true"),
        Do("network rm net7")
            .Differs(
                NewerWords,
                docker: "error: error while removing network: network net7 id id 1 has active endpoints",
                netctl: "error: network net7 has active endpoints (name:\"box1\" id:\"short id 3\"); disconnect them or " +
                    "remove the containers"),
    ]);
}
