using Net.Labs.Pictures.Parts;

namespace Net.Tests.Unit.Labs.Pictures;

/// <summary>Pictures to draw in tests.</summary>
internal static class SamplePictures
{
    /// <summary>Three containers and all that a picture can show: two networks, one of them internal, ports, names, IPv6, and each
    /// mode.</summary>
    public static Picture Small { get; } = new()
    {
        Hosts =
        [
            new PicturedHost
            {
                Name = "box1",
                Uplinks = [new PicturedUplink { Interface = "lan", Addresses = ["192.0.2.1/24", "2001:db8::1/64"] }],
                Networks =
                [
                    Network("front", 18, isInternal: false) with
                    {
                        Subnets =
                        [
                            new PicturedSubnet { Subnet = "172.18.0.0/16", Gateway = "172.18.0.1" },
                            new PicturedSubnet { Subnet = "fd00:18::/64", Gateway = "fd00:18::1" },
                        ],
                    },
                    Network("back", 19, isInternal: true),
                    new PicturedNetwork
                    {
                        Name = "wire", Driver = "macvlan", Parent = "lan", Subnets = [new PicturedSubnet { Subnet = "192.0.2.0/24" }],
                    },
                ],
                Containers =
                [
                    new PicturedContainer
                    {
                        Name = "web",
                        State = "running",
                        Endpoints =
                        [
                            Endpoint("front", 18, 2, 0) with
                            {
                                Addresses = ["172.18.0.2/16", "fd00:18::2/64"], Aliases = ["www", "shop"],
                            },
                        ],
                        Ports =
                        [
                            Port("0.0.0.0", 8080, 80), Port("::", 8080, 80), Port("127.0.0.1", 8443, 443),
                            Port("::", 9001, 91), Port("::", 9002, 92), Port("::", 9000, 90),
                        ],
                    },
                    new PicturedContainer
                    {
                        Name = "app",
                        State = "paused",
                        Endpoints =
                        [
                            Endpoint("front", 18, 3, 0) with
                            {
                                Links = [new PicturedLink { Container = "web", Alias = "shop" }],
                            },
                            Endpoint("back", 19, 2, 1),
                        ],
                    },
                    new PicturedContainer { Name = "db", State = "running", Endpoints = [Endpoint("back", 19, 3, 0)] },
                    new PicturedContainer { Name = "probe", State = "running", Mode = PicturedMode.Host },
                    new PicturedContainer { Name = "sidecar", State = "running", Mode = PicturedMode.Container, SharedWith = "web" },
                    new PicturedContainer { Name = "hermit", State = "running", Mode = PicturedMode.None },
                    new PicturedContainer
                    {
                        Name = "old", State = "exited", Endpoints = [new PicturedEndpoint { Network = "front" }],
                    },
                ],
            },
        ],
    };

    /// <summary>Fifty containers on one network.</summary>
    public static Picture Fifty { get; } = new()
    {
        Hosts =
        [
            new PicturedHost
            {
                Name = "box1",
                Uplinks = [new PicturedUplink { Interface = "eth0", Addresses = ["192.0.2.1/24"] }],
                Networks = [Network("front", 18, isInternal: false)],
                Containers =
                [
                    .. Enumerable.Range(1, 50).Select(number => new PicturedContainer
                    {
                        Name = $"web{number}",
                        State = "running",
                        Endpoints = [Endpoint("front", 18, number + 1, 0)],
                        Ports = number % 10 == 0 ? [Port("0.0.0.0", 8000 + number, 80), Port("::", 8000 + number, 80)] : [],
                    }),
                ],
            },
        ],
    };

    /// <summary>Containers on several networks each, and so many that they are in columns.</summary>
    public static Picture Several { get; } = new()
    {
        Hosts =
        [
            new PicturedHost
            {
                Name = "box1",
                Networks = [.. Enumerable.Range(1, 7).Select(number => Network($"net{number}", number, isInternal: number % 3 == 0))],
                Containers =
                [
                    .. Enumerable.Range(1, 9).Select(number => new PicturedContainer
                    {
                        Name = $"router{number}",
                        State = "running",
                        Endpoints =
                        [
                            .. Enumerable.Range(0, 2 + (number % 2)).Select(link =>
                                Endpoint($"net{1 + ((number + (2 * link)) % 7)}", 1 + ((number + (2 * link)) % 7), number + 1, link)),
                        ],
                        Ports = number == 1 ? [Port("0.0.0.0", 53, 53)] : [],
                    }),
                    .. Enumerable.Range(1, 4).Select(number => new PicturedContainer
                    {
                        Name = $"host{number}", State = "running", Endpoints = [Endpoint($"net{number}", number, 100 + number, 0)],
                    }),
                ],
            },
        ],
    };

    /// <summary>Fifty containers with long names and addresses, each on two networks.</summary>
    public static Picture Crowd { get; } = new()
    {
        Hosts =
        [
            new PicturedHost
            {
                Name = "box1",
                Networks = [.. Enumerable.Range(1, 4).Select(number => Network($"net{number}", number, isInternal: false))],
                Containers =
                [
                    .. Enumerable.Range(1, 50).Select(number => new PicturedContainer
                    {
                        Name = $"service-with-a-long-name-{number}",
                        State = "running",
                        Endpoints =
                        [
                            .. Enumerable.Range(0, 2).Select(link =>
                            {
                                int network = 1 + ((number + link) % 4);
                                PicturedEndpoint endpoint = Endpoint($"net{network}", network, number + 1, link);
                                return endpoint with
                                {
                                    Addresses = [.. endpoint.Addresses, $"2001:db8:1111:2222:3333:4444:{network}:{number + 1000:x}/64"],
                                };
                            }),
                        ],
                        Ports = number % 7 == 0 ? [Port("0.0.0.0", 8000 + number, 80)] : [],
                    }),
                ],
            },
        ],
    };

    /// <summary>Two hosts on a LAN and with a link of their own.</summary>
    public static Picture TwoHosts { get; } = new()
    {
        Hosts =
        [
            .. ((int[])[2, 1]).Select(number => new PicturedHost
            {
                Name = $"box{number}",
                Uplinks =
                [
                    new PicturedUplink { Interface = "lan", Addresses = [$"192.0.2.{number}/24"] },
                    new PicturedUplink { Interface = "peer", Addresses = [$"198.51.100.{number}/30"] },
                ],
                Networks = [Network("front", number, isInternal: false)],
                Containers =
                [
                    new PicturedContainer { Name = "web", State = "running", Endpoints = [Endpoint("front", number, 2, 0)] },
                ],
            }),
        ],
        Wires =
        [
            new PicturedWire { Name = "lan", Ends = [End("box2", "lan"), End("box1", "lan")] },
            new PicturedWire { Name = "cable", Ends = [End("box1", "peer"), End("box2", "peer")] },
        ],
    };

    /// <summary>Names with all that a format may take for its own.</summary>
    public static Picture Hostile { get; } = new()
    {
        Hosts =
        [
            new PicturedHost
            {
                Name = Evil,
                Networks = [Network(Evil, 18, isInternal: false) with { Bridge = Evil }],
                Containers =
                [
                    new PicturedContainer
                    {
                        Name = Evil,
                        State = "running",
                        Endpoints =
                        [
                            Endpoint(Evil, 18, 2, 0) with
                            {
                                Aliases = [Evil], Links = [new PicturedLink { Container = Evil, Alias = Evil }],
                            },
                        ],
                        Ports = [Port(Evil, 80, 80) with { Protocol = Evil }],
                    },
                ],
            },
        ],
    };

    /// <summary>A name that could end a tag, a string, a label or a line, or begin a control sequence.</summary>
    public const string Evil = "<b>&\"]--></text>\e[31m\\n`#quot;|}\n\u202e";

    private static PicturedNetwork Network(string name, int number, bool isInternal) => new()
    {
        Name = name,
        Driver = "bridge",
        Bridge = $"br-{number:d12}",
        Internal = isInternal,
        Subnets = [new PicturedSubnet { Subnet = $"172.{number}.0.0/16", Gateway = $"172.{number}.0.1" }],
    };

    private static PicturedEndpoint Endpoint(string network, int number, int place, int link) => new()
    {
        Network = network,
        Interface = $"eth{link}",
        Addresses = [$"172.{number}.0.{place}/16"],
        MacAddress = $"02:42:ac:{number:x2}:00:{place:x2}",
    };

    private static PicturedPort Port(string address, int host, int container) =>
        new() { HostAddress = address, HostPort = host, ContainerPort = container, Protocol = "tcp" };

    private static PicturedWireEnd End(string host, string link) => new() { Host = host, Interface = link };
}
