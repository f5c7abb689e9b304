using static Net.Tests.EndToEnd.DockerComparison.Differences;
using static Net.Tests.EndToEnd.DockerComparison.Step;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Links on the default network.</summary>
internal static class LinkScenarios
{
    /// <summary>A link as its container sees it, and as the answers name it.</summary>
    public static readonly Scenario Sight = new(
    [
        Do("run -d --name db -e PASSWORD=secret -e EMPTY= --expose 5432 --expose 80/udp IMAGE sleep 1000"),
        Do("run -d --name web --link db:sql -e SQL_PORT=mine IMAGE sleep 1000"),
        See("db"),
        See("web"),
        Do("run -d --name shop --link /web/sql:store --link web IMAGE sleep 1000"),
        See("shop")
            .Differs(LinkOrder, docker: "STORE_PORT=udp://address 1:80", netctl: "STORE_PORT=tcp://address 1:5432"),
        Do("inspect -f '{{.HostConfig.Links}}' web"),
        Do("ps --format '{{.Names}}'"),
        Do("ps --no-trunc --format '{{.Names}}'")
            .Differs(NameOrder, docker: "shop/web,web", netctl: "web,shop/web"),
        Do("exec web/sql hostname"),
        Do("inspect -f '{{.Name}}' /web/sql"),
        Do("create --name later --link db IMAGE true"),
        Do("stop -t 0 db"),
        Do("start later"),
        Do("start -a later"),
    ])
    {
        Proves = [
            StandingDifferences.HostsMarks, StandingDifferences.HostsPrefixes,
            StandingDifferences.PoolSize, StandingDifferences.LoopbackAddress, StandingDifferences.RouteProtocol,
            StandingDifferences.LongerMessages,
        ],
    };

    /// <summary>The variables of ranges of ports, of several protocols.</summary>
    public static readonly Scenario PortRanges = new(
    [
        Do("run -d --name db --expose 7000-7002 --expose 53/udp --expose 5432 --expose 9/sctp IMAGE sleep 1000"),
        Do("run --name once --link db:my-db IMAGE env")
            .Differs(LinkOrder, docker: "MY_DB_PORT=sctp://address 1:9", netctl: "MY_DB_PORT=tcp://address 1:5432"),
        Do("run --name again -e MY_DB_NAME=mine -e OTHER=x --link db:my-db IMAGE cat /proc/self/environ")
            .Differs(LinkOrder, docker: "MY_DB_PORT=sctp://address 1:9", netctl: "MY_DB_PORT=tcp://address 1:5432"),
        Do("run -d --name quiet IMAGE sleep 1000"),
        Do("run --name twice --link quiet:first --link quiet:second IMAGE env"),
    ]);

    /// <summary>What a link shows when its target stops, starts, moves and is renamed.</summary>
    public static readonly Scenario Targets = new(
    [
        Do("run -d --name db --expose 80 IMAGE sleep 1000"),
        Do("run -d --name web --link db:sql IMAGE sleep 1000"),
        Do("run -d --name side --network container:web IMAGE sleep 1000"),
        Do("exec side cat /etc/hosts"),
        Do("stop -t 0 db"),
        Do("exec side cat /etc/hosts")
            .Differs(StoppedLinkLine, docker: "address 1\tsql short id 1 db"),
        Do("exec web env")
            .Differs(
                StoppedLinkVariables,
                docker: "exit 1\n" +
                    "error: Cannot link to a non running container: /db AS /web/sql",
                netctl: "exit 0\n" +
                    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n" +
                    "HOSTNAME=short id 2\n" +
                    "HOME=/root"),
        Do("start db"),
        Do("exec web env"),
        Do("exec side cat /etc/hosts"),
        Do("network disconnect bridge db"),
        Do("exec side cat /etc/hosts")
            .Differs(StoppedLinkLine, docker: "address 1\tsql short id 1 db"),
        Do("network connect bridge db"),
        Do("exec side cat /etc/hosts")
            .Differs(FreedAddress, docker: "address 1\tsql short id 1 db", netctl: "address 3\tsql short id 1 db"),
        Do("restart -t 0 web"),
        Do("exec web env")
            .Differs(
                FreedAddress,
                docker: "SQL_PORT=tcp://address 1:80\n" +
                    "SQL_PORT_80_TCP=tcp://address 1:80\n" +
                    "SQL_PORT_80_TCP_ADDR=address 1",
                netctl: "SQL_PORT=tcp://address 3:80\n" +
                    "SQL_PORT_80_TCP=tcp://address 3:80\n" +
                    "SQL_PORT_80_TCP_ADDR=address 3"),
        Do("rename db base"),
        Do("exec web cat /etc/hosts")
            .Differs(LinkRename, docker: "address 1\tsql short id 1 db", netctl: "address 3\tsql short id 1 base"),
        Do("inspect -f '{{.HostConfig.Links}}' web"),
        Do("ps --no-trunc --format '{{.Names}}'"),
        Do("rename web site"),
        Do("exec site env")
            .Differs(
                FreedAddress,
                docker: "SQL_PORT=tcp://address 1:80\n" +
                    "SQL_PORT_80_TCP=tcp://address 1:80\n" +
                    "SQL_PORT_80_TCP_ADDR=address 1",
                netctl: "SQL_PORT=tcp://address 3:80\n" +
                    "SQL_PORT_80_TCP=tcp://address 3:80\n" +
                    "SQL_PORT_80_TCP_ADDR=address 3"),
        Do("restart -t 0 site"),
        Do("exec site cat /etc/hosts")
            .Differs(FreedAddress, docker: "address 1\tsql short id 1 base", netctl: "address 3\tsql short id 1 base"),
        Do("exec site env")
            .Differs(
                FreedAddress,
                docker: "SQL_PORT=tcp://address 1:80\n" +
                    "SQL_PORT_80_TCP=tcp://address 1:80\n" +
                    "SQL_PORT_80_TCP_ADDR=address 1",
                netctl: "SQL_PORT=tcp://address 3:80\n" +
                    "SQL_PORT_80_TCP=tcp://address 3:80\n" +
                    "SQL_PORT_80_TCP_ADDR=address 3"),
        Do("inspect -f '{{.HostConfig.Links}}' site"),
    ]);

    /// <summary>A link that is removed, and one whose target is.</summary>
    public static readonly Scenario Removals = new(
    [
        Do("run -d --name db IMAGE sleep 1000"),
        Do("run -d --name web --link db:sql IMAGE sleep 1000"),
        Do("run -d --name shop --link db IMAGE sleep 1000"),
        Do("rm --link web/sql"),
        Do("inspect -f '{{.HostConfig.Links}}' web"),
        See("web")
            .Differs(
                RemovedLink,
                docker: "eth1 mtu 1500 UP ether MAC\n" +
                    "eth1 inet address 1(default network) scope global\n" +
                    "route dst default gateway 172.17.0.1 dev eth1\n" +
                    "route dst (default network) dev eth1 protocol kernel scope link prefsrc address 1",
                netctl: "eth0 mtu 1500 UP ether MAC\n" +
                    "eth0 inet address 1(default network) scope global\n" +
                    "route dst default gateway 172.17.0.1 dev eth0\n" +
                    "route dst (default network) dev eth0 protocol kernel scope link prefsrc address 1"),
        Do("rm --link web/sql")
            .Differs(
                OwnWords,
                docker: "error: No such container: web/sql",
                netctl: "error: container web has no link sql; netctl inspect web shows its links"),
        Do("rm --link web"),
        Do("rm --link nobody/sql")
            .Differs(
                OwnWords,
                docker: "error: No such container: nobody/sql",
                netctl: "error: No such container: nobody; netctl ps -a lists those that are there"),
        Do("rm -f db"),
        Do("inspect -f '{{.HostConfig.Links}}' shop")
            .Differs(RemovedTarget, docker: "[/db:/shop/db]"),
        Do("exec shop cat /etc/hosts")
            .Differs(
                RemovedTarget,
                docker: "exit 1\n" +
                    "error: Cannot link to a non running container: /db AS /shop/db",
                netctl: "exit 0\n" +
                    "127.0.0.1\tlocalhost\n" +
                    "::1\tlocalhost ip6-localhost ip6-loopback\n" +
                    "fe00::\tip6-localnet\n" +
                    "ff00::\tip6-mcastprefix\n" +
                    "ff02::1\tip6-allnodes\n" +
                    "ff02::2\tip6-allrouters\n" +
                    "address 2\tshort id 3"),
        Do("restart -t 0 shop")
            .Differs(
                RemovedTarget,
                docker: "exit 1\n" +
                    "error: Cannot link to a non running container: /db AS /shop/db",
                netctl: "exit 0\n" +
                    "shop"),
        Do("inspect -f '{{.State.Status}}' shop")
            .Differs(RemovedTarget, docker: "exited", netctl: "running"),
    ]);

    /// <summary>What cannot be linked.</summary>
    public static readonly Scenario Refusals = new(
    [
        Do("run -d --name db IMAGE sleep 1000"),
        Do("run --name over --link nobody IMAGE true"),
        Do("run --name over --link db:x:y IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: invalid argument \"db:x:y\" for \"--link\" flag: bad format for links: db:x:y",
                netctl: "error: bad format for links: db:x:y; write CONTAINER or CONTAINER:ALIAS"),
        Do("run --name over --link :x IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: could not get container for : invalid name or ID supplied: \"\"",
                netctl: "error: bad format for links: :x; write CONTAINER or CONTAINER:ALIAS"),
        Do("run --name over --link over:x IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: could not get container for over: No such container: over",
                netctl: "error: container over cannot be linked to itself; leave the link out"),
        Do("run --name host --network host --link db IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: links are only supported for user-defined networks",
                netctl: "error: conflicting options: host type networking can't be used with links. This would result in " +
                    "undefined behavior; leave the link of container host out, or choose another network"),
        Do("run --name nowhere --network none --link db IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: links are only supported for user-defined networks",
                netctl: "error: conflicting options: links and the network mode none: container nowhere reaches no other " +
                    "container; leave --link out, or choose another network"),
        Do("run --name sharing --network container:db --link db IMAGE true")
            .Differs(
                OwnWords,
                docker: "error: links are only supported for user-defined networks",
                netctl: "error: conflicting options: container type network can't be used with links. This would result in " +
                    "undefined behavior: the container has the network of db; give the option to that one"),
        Do("stop -t 0 db"),
        Do("run --name stopped --link db:sql IMAGE true"),
        Do("ps -a --format '{{.Names}} {{.State}}'")
            .Differs(RefusedRun, docker: "stopped created"),
        Do("run --name stopped IMAGE true")
            .Differs(
                RefusedRun,
                docker: "exit 125\n" +
                    "error: Conflict. The container name \"/stopped\" is already in use by container \"id 2\". You have " +
                    "to remove (or rename) that container to be able to reuse that name",
                netctl: "exit 0"),
        Do("start db"),
        Do("run --name same --link db:x --link db:x IMAGE env")
            .Differs(
                LinkAlias,
                docker: "exit 0\n" +
                    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n" +
                    "HOSTNAME=short id 3\n" +
                    "X_NAME=/same/x\n" +
                    "HOME=/root",
                netctl: "exit 125\n" +
                    "error: two links of container same have the alias x; give each another"),
        Do("run --name empty --link db: IMAGE env")
            .Differs(
                EmptyAlias,
                docker: "exit 0\n" +
                    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n" +
                    "HOSTNAME=short id 4\n" +
                    "HOME=/root",
                netctl: "exit 125\n" +
                    "error: bad format for links: db:; write CONTAINER or CONTAINER:ALIAS"),
    ]);
}
