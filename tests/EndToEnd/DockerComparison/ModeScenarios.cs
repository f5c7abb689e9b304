using static Net.Tests.EndToEnd.DockerComparison.Differences;
using static Net.Tests.EndToEnd.DockerComparison.Step;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The modes of a container's network.</summary>
internal static class ModeScenarios
{
    /// <summary>container:NAME: one network for two containers.</summary>
    public static readonly Scenario SharedNetwork = new(
    [
        Do("run -d --name peer -h peerhost --expose 80 --add-host extra:192.0.2.7 --dns 192.0.2.3 --dns-search " +
                "peer.example --dns-option ndots:3 IMAGE sleep 1000"),
        See("peer"),
        Do("run -d --name shared --network container:peer -e OWN=yes IMAGE sleep 1000"),
        See("shared"),
        Do("inspect -f '{{.HostConfig.NetworkMode}}' shared"),
        Do("network create --subnet 10.77.0.0/24 net7"),
        Do("network connect net7 shared"),
        Do("network disconnect bridge shared")
            .Differs(
                OwnWords,
                docker: "error: container id 2 is not connected to network bridge",
                netctl: "error: container shared: container sharing network namespace with another container or host cannot " +
                    "be connected to any other network; connect the container whose network it shares"),
        Do("network connect net7 peer"),
        See("shared"),
        Do("network disconnect net7 peer"),
        See("shared")
            .Differs(HostsLines, netctl: "address 1\tpeerhost")
            .Differs(ResolverFollows, docker: "nameserver 127.0.0.11", netctl: "nameserver 192.0.2.3"),
        Do("restart -t 0 shared"),
        See("shared")
            .Differs(HostsLines, netctl: "address 1\tpeerhost")
            .Differs(ResolverFollows, docker: "nameserver 127.0.0.11", netctl: "nameserver 192.0.2.3"),
        Do("stop -t 0 peer"),
        Do("run --rm --network container:peer IMAGE true"),
        Do("exec shared ip -j address"),
        Do("start peer"),
        Do("restart -t 0 shared"),
        See("shared"),
        Do("rm -f peer"),
        Do("restart -t 0 shared"),
        Do("inspect -f '{{.State.Status}}' shared"),
    ]);

    /// <summary>What does not go with container:NAME.</summary>
    public static readonly Scenario SharedNetworkRefusals = new(
    [
        Do("run -d --name peer IMAGE sleep 1000"),
        Do("run --rm --name refused --network container:nobody IMAGE true"),
        Do("run --rm --name refused --network container: IMAGE true"),
        Do("run --rm --name refused --network container:peer -p 80:80 IMAGE true"),
        Do("run --rm --name refused --network container:peer -P IMAGE true"),
        Do("run --rm --name refused --network container:peer --expose 80 IMAGE true"),
        Do("run --rm --name refused --network container:peer -h other IMAGE true"),
        Do("run --rm --name refused --network container:peer --link peer IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: links are only supported for user-defined networks",
                netctl: "error: conflicting options: container type network can't be used with links. This would result in " +
                    "undefined behavior: the container has the network of peer; give the option to that one"),
        Do("run --rm --name refused --network container:peer --add-host x:192.0.2.9 IMAGE true"),
        Do("run --rm --name refused --network container:peer --dns 192.0.2.9 IMAGE true"),
        Do("run --rm --name refused --network container:peer --mac-address 02:00:00:00:00:01 IMAGE true"),
        Do("run --rm --name refused --network container:peer --network-alias x IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: network-scoped aliases are only supported for user-defined networks",
                netctl: "error: conflicting options: network aliases and the container type network mode: the container has " +
                    "the network of peer; give the option to that one"),
        Do("run --name searching --network container:peer --dns-search x IMAGE true")
            .Differs(
                NoEffect,
                docker: "exit 0",
                netctl: "exit 125\n" +
                    "error: conflicting options: dns and the network mode: the container has the network of peer; give " +
                    "the option to that one"),
        Do("run --name address --network container:peer --ip 10.1.1.1 IMAGE true")
            .Differs(
                NoEffect,
                docker: "exit 0",
                netctl: "exit 125\n" +
                    "error: conflicting options: an IP address and the container type network mode: the container has " +
                    "the network of peer; give the option to that one"),
        Do("run --name itself --network container:itself IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: cannot join own network",
                netctl: "error: No such container: itself; netctl ps -a lists those that are there"),
    ]);

    /// <summary>host: the host's own network.</summary>
    public static readonly Scenario Host = new(
    [
        Do("run -d --name plain --network host -e OWN=yes IMAGE sleep 1000"),
        Do("exec plain env"),
        Do("exec plain cat /etc/hosts /etc/resolv.conf"),
        Do("exec plain hostname"),
        Do("exec plain ip -j -4 address show lan"),
        Do("exec plain ip -j route show dev lan"),
        Do("run --name ports --network host -p 8080:80 IMAGE hostname"),
        Do("run --name named --network host -h other IMAGE sh -c 'hostname; cat /etc/hosts'"),
        Do("run --name added --network host --add-host x:192.0.2.9 IMAGE cat /etc/hosts"),
        Do("run --name asked --network host --dns 192.0.2.9 IMAGE cat /etc/resolv.conf")
            .Differs(
                HostResolver,
                docker: "exit 0\n" +
                    "nameserver 192.0.2.9\n" +
                    "search example.org",
                netctl: "exit 125\n" +
                    "error: conflicting options: dns and network host: the container uses the host's own " +
                    "/etc/resolv.conf; leave the dns options out, or choose another network"),
        Do("run --name mac --network host --mac-address 02:00:00:00:00:01 IMAGE true"),
        Do("run --name address --network host --ip 10.1.1.1 IMAGE true"),
        Do("run --name alias --network host --network-alias x IMAGE true"),
        Do("network create --subnet 10.77.0.0/24 net7"),
        Do("network connect net7 plain"),
        Do("network disconnect host plain"),
        Do("run -d --name bridged IMAGE sleep 1000"),
        Do("network connect host bridged"),
        Do("network rm host"),
        Do("network create -d host more"),
    ]);

    /// <summary>none: a network namespace with nothing but lo.</summary>
    public static readonly Scenario None = new(
    [
        Do("run -d --name alone --network none IMAGE sleep 1000"),
        See("alone"),
        Do("run --name ports --network none -p 8080:80 IMAGE true")
            .Differs(NoEffect, netctl: "error: WARNING: Published ports are discarded when using network none"),
        Do("run --name named --network none -h other IMAGE sh -c 'hostname; cat /etc/hosts'"),
        Do("run --name added --network none --add-host x:192.0.2.9 IMAGE cat /etc/hosts"),
        Do("run --name asked --network none --dns 192.0.2.9 IMAGE cat /etc/resolv.conf"),
        Do("run --name mac --network none --mac-address 02:00:00:00:00:01 IMAGE true")
            .Differs(
                NoEffect,
                docker: "exit 0",
                netctl: "exit 125\n" +
                    "error: conflicting options: mac-address and the network mode: container mac gets no interface of " +
                    "its own from network none; leave the option out"),
        Do("run --name address --network none --ip 10.1.1.1 IMAGE true"),
        Do("run --name alias --network none --network-alias x IMAGE true"),
        Do("network create --subnet 10.77.0.0/24 net7"),
        Do("network connect net7 alone"),
        Do("network disconnect none alone")
            .Differs(
                NoneDisconnect,
                docker: "exit 0",
                netctl: "exit 1\n" +
                    "error: container alone cannot be connected to multiple networks with one of the networks in private " +
                    "(none) mode; create another container with the networks it is to have"),
        Do("run -d --name bridged IMAGE sleep 1000"),
        Do("network connect none bridged"),
        Do("network rm none"),
        Do("network create -d null more"),
    ]);

    /// <summary>The default network and its options.</summary>
    public static readonly Scenario Bridge = new(
    [
        Do("run -d --name box1 -h web.example.org --add-host printer:192.0.2.9 --add-host gateway:host-gateway " +
                "--dns 192.0.2.3 --dns-search . --dns-option timeout:1 --mac-address 02:00:00:00:00:01 IMAGE sleep " +
                "1000"),
        See("box1"),
        Do("run --name sysctls --sysctl net.ipv4.ip_forward=0 --sysctl net.ipv4.conf.all.log_martians=1 IMAGE " +
                "cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/log_martians " +
                "/proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/ping_group_range"),
        Do("run --name address --ip 10.1.1.1 IMAGE true")
            .Differs(
                UserNetworkOptions,
                docker: "exit 0",
                netctl: "exit 125\n" +
                    "error: an address for container address on network bridge: user specified IP address is supported " +
                    "on user defined networks only"),
        Do("run --name alias --network-alias x IMAGE true")
            .Differs(
                UserNetworkOptions,
                docker: "exit 0",
                netctl: "exit 125\n" +
                    "error: an alias for container alias on network bridge: network-scoped aliases are only supported " +
                    "for user-defined networks"),
        Do("run --name mac --mac-address bogus IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: bogus is not a valid mac address",
                netctl: "error: invalid MAC address \"bogus\": write six hexadecimal bytes, as in MAC"),
        Do("run --name added --add-host bogus IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: invalid argument \"bogus\" for \"--add-host\" flag: bad format for add-host: \"bogus\"",
                netctl: "error: bad format for add-host: \"bogus\"; write HOST:IP or HOST=IP, such as db:192.0.2.7"),
        Do("run --name asked --dns bogus IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: invalid argument \"bogus\" for \"--dns\" flag: bogus is not an ip address",
                netctl: "error: invalid DNS server \"bogus\": it is not an IP address, as 10.1.0.1 or fd00:1::1"),
        Do("network disconnect bridge box1"),
        See("box1")
            .Differs(HostsLines, docker: "address 1\tweb.example.org web"),
        Do("network connect bridge box1"),
        Do("network rm bridge"),
        Do("network create bridge"),
        Do("network disconnect bridge box1"),
        Do("network disconnect bridge box1")
            .Differs(
                OwnWords,
                docker: "error: container id 1 is not connected to network bridge",
                netctl: "error: container box1 is not connected to network bridge; see netctl network inspect bridge"),
    ]);
}
