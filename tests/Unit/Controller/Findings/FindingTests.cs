using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;

namespace Net.Tests.Unit.Controller.Findings;

/// <summary>What is decided upon a survey of the host, for a container web on a network front.</summary>
public sealed class FindingTests
{
    private static readonly PortSpec Web = new() { HostPort = 8080, ContainerPort = 80, Protocol = PortProtocol.Tcp };
    private static readonly MacAddress Other = MacAddress.Parse("02:00:00:00:00:99");

    [Fact]
    public async Task A_survey_in_which_all_is_well_gives_no_finding()
    {
        await using Lab lab = await Lab.CreateAsync();
        Assert.Empty(await lab.FindAsync());
    }

    [Fact]
    public async Task A_packet_that_a_rule_takes_is_told_once_a_rule_with_all_that_suffer_the_last_rule_first()
    {
        await using Lab lab = await Lab.CreateAsync();
        var packet = new SamplePacket { Object = "container web", Words = "what comes in", InLink = "eth0", OutLink = lab.Bridge };
        var stopped = new StoppedPacket(packet, "rule 1 drops", "look", "remedy");
        lab.Survey = lab.Survey with
        {
            Stopped =
            [
                stopped, stopped, stopped with { Packet = packet with { Object = "network front" } },
                stopped with { Rule = "rule 2 drops", Place = 2 },
            ],
        };
        IReadOnlyList<Finding> found = await lab.FindAsync();
        Assert.Equal(["container web", "container web, network front"], found.Select(one => one.Object));
        Assert.All(found, one => Assert.Equal((FindingKinds.ForeignRule, FindingGrade.Error, "remedy"), (one.Kind, one.Grade, one.Remedy)));
    }

    [Theory]
    [InlineData("10.0.0.0/8", 254u, false)] // wider than the subnet: that of the subnet itself is missing, a difference
    [InlineData("0.0.0.0/0", 254u, false)]
    [InlineData("0.0.0.0/0", 100u, true)]
    [InlineData("SUBNET", 254u, true)]
    public async Task A_route_hides_a_subnet_unless_it_is_wider_in_the_main_table(string destination, uint table, bool hides)
    {
        await using Lab lab = await Lab.CreateAsync();
        var subnet = IPNetwork.Parse(destination.Replace("SUBNET", lab.Subnet.ToString(), StringComparison.Ordinal));
        lab.Survey = lab.Survey with
        {
            Routes = [new SurveyedRoute(lab.Address, "eth0") { Route = $"{subnet} dev eth0", Destination = subnet, Table = table }],
        };
        IReadOnlyList<Finding> found = await lab.FindAsync();
        Assert.Equal(hides ? [FindingKinds.HiddenSubnet] : [], found.Select(one => one.Kind));
        Assert.All(found, one => Assert.Equal(
            table == 254 ? $"ip route del {subnet} dev eth0" : $"ip rule add to {lab.Subnet} lookup main pref 1", one.Remedy));
    }

    [Fact]
    public async Task An_address_that_the_host_itself_has_is_a_duplicate()
    {
        await using Lab lab = await Lab.CreateAsync();
        var alone = new IPNetwork(lab.Address, 32);
        lab.Survey = lab.Survey with
        {
            Routes = [new SurveyedRoute(lab.Address, "eth0") { Route = "local", Destination = alone, Table = 255 }],
        };
        Finding found = Assert.Single(await lab.FindAsync());
        Assert.Equal((FindingKinds.DuplicateAddress, $"ip address flush dev eth0 to {lab.Address}"), (found.Kind, found.Remedy));
    }

    [Fact]
    public async Task A_bridge_that_does_not_forward_is_ours_to_mend_and_a_link_to_the_outside_is_not()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Survey = lab.Survey with
        {
            Links = [.. lab.Survey.Links.Select(link => link with { ForwardsIPv4 = false })],
        };
        IReadOnlyList<Finding> found = await lab.FindAsync();
        Assert.Equal(["network front", "link eth0"], found.Select(one => one.Object));
        Assert.Equal("1", Assert.IsType<SysctlObject>(found[0].Repair).Value);
        Assert.Equal($"net/ipv4/conf/{lab.Bridge}/forwarding", Assert.IsType<SysctlObject>(found[0].Repair).Path);
        Assert.Null(found[1].Repair);
    }

    [Fact]
    public async Task Forwarding_that_the_daemon_turns_on_is_a_difference_and_no_finding()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Survey = lab.Survey with { ForwardsIPv4 = false };
        Assert.Empty(await lab.FindAsync());
    }

    [Theory]
    [InlineData(1500, 1500, null)]
    [InlineData(1500, 1400, FindingGrade.Error)]
    [InlineData(1400, 1500, null)]
    public async Task A_network_with_a_larger_MTU_than_the_way_out_is_told(int network, int uplink, FindingGrade? grade)
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Test.Engine.Facts = lab.Test.Engine.Facts with { EgressMtu = uplink };
        lab.Survey = lab.Survey with
        {
            Links = [.. lab.Survey.Links.Select(link => link with { Mtu = link.Name == "eth0" ? uplink : network })],
        };
        Assert.Equal(
            grade is null ? [] : [(FindingKinds.WrongMtu, grade)],
            (await lab.FindAsync()).Select(one => (one.Kind, (FindingGrade?)one.Grade)));
    }

    [Fact]
    public async Task A_permanent_entry_for_a_container_is_a_fault_where_it_is_used_and_a_note_elsewhere()
    {
        await using Lab lab = await Lab.CreateAsync();
        NamespaceRef inside = lab.Pair.PeerNamespace;
        lab.Survey = lab.Survey with
        {
            Neighbours =
            [
                new SurveyedNeighbour(NamespaceRef.Host, lab.Bridge, lab.Address, Other), // ours: a difference
                new SurveyedNeighbour(NamespaceRef.Host, "eth0", lab.Address, Other),
                new SurveyedNeighbour(inside, lab.Pair.PeerName, lab.Address, Other),
                new SurveyedNeighbour(inside, lab.Pair.PeerName, IPAddress.Parse("203.0.113.1"), Other),
            ],
        };
        IReadOnlyList<Finding> found = await lab.FindAsync();
        Assert.All(found, one => Assert.Equal((FindingKinds.StaleNeighbour, "container web"), (one.Kind, one.Object)));
        Assert.Equal([FindingGrade.Error, FindingGrade.Note], found.Select(one => one.Grade));
    }

    [Fact]
    public async Task Who_else_answers_for_a_containers_address_is_named_with_the_port_it_is_behind()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Survey = lab.Survey with
        {
            Claims = [new AddressClaim(lab.Bridge, lab.Address, lab.Pair.PeerMacAddress), new AddressClaim(lab.Bridge, lab.Address, Other)],
            Stations = [new SurveyedStation(lab.Bridge, "tap0", Other, IsPortItself: false)],
        };
        Finding found = Assert.Single(await lab.FindAsync());
        Assert.Equal((FindingKinds.DuplicateAddress, "ip link set dev tap0 nomaster"), (found.Kind, found.Remedy));
    }

    [Fact]
    public async Task A_containers_Ethernet_address_behind_another_port_is_a_duplicate_and_behind_its_own_is_not()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Survey = lab.Survey with
        {
            Stations =
            [
                new SurveyedStation(lab.Bridge, lab.Pair.Name, lab.Pair.PeerMacAddress, IsPortItself: false),
                new SurveyedStation(lab.Bridge, "tap0", lab.Pair.PeerMacAddress, IsPortItself: false),
            ],
        };
        Assert.Equal("ip link set dev tap0 nomaster", Assert.Single(await lab.FindAsync()).Remedy);
    }

    [Fact]
    public async Task A_second_default_route_by_a_link_with_strict_filtering_is_a_note()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Test.Engine.Facts = lab.Test.Engine.Facts with
        {
            Routes = [Default("eth0"), Default("eth1")],
        };
        lab.Survey = lab.Survey with
        {
            Links =
            [
                .. lab.Survey.Links.Select(link => link with { ReversePathFilter = 1 }),
                new SurveyedLink(NamespaceRef.Host, "eth1", 1500) { ReversePathFilter = 1 },
            ],
        };
        Finding found = Assert.Single(await lab.FindAsync());
        Assert.Equal((FindingKinds.ReversePath, "link eth1", FindingGrade.Note), (found.Kind, found.Object, found.Grade));

        static HostRoute Default(string link) => new(IPNetwork.Parse("0.0.0.0/0"), link, IPAddress.Parse("192.0.2.254"));
    }

    [Fact]
    public async Task A_silent_server_is_a_note_when_another_answers_and_says_whose_it_is()
    {
        await using Lab lab = await Lab.CreateAsync();
        var server = new IPEndPoint(IPAddress.Parse("192.0.2.53"), 53);
        IReadOnlyList<Finding> found = await lab.FindAsync(
            new SilentResolver(server, lab.Test.Controller.FindSandbox("web").Id, HasOthers: false),
            new SilentResolver(server, null, HasOthers: true));
        Assert.Equal(["container web", "DNS server 192.0.2.53"], found.Select(one => one.Object));
        Assert.Equal([FindingGrade.Error, FindingGrade.Note], found.Select(one => one.Grade));
        Assert.Contains("--dns for web", found[0].Cause, StringComparison.Ordinal);
        Assert.Contains("/etc/resolv.conf", found[1].Cause, StringComparison.Ordinal);
    }

    /// <summary>A network front with a running container web that has a published port, and a survey in which all is well.</summary>
    [Theory]
    [InlineData(799, null)]
    [InlineData(800, FindingGrade.Note)]
    [InlineData(1000, FindingGrade.Error)]
    [InlineData(1100, FindingGrade.Error)]
    [InlineData(1101, null)]
    public async Task A_neighbour_table_that_is_full_is_a_fault_and_one_that_nearly_is_a_note(long entries, FindingGrade? grade)
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Survey = lab.Survey with
        {
            NeighbourTables = [new SurveyedNeighbourTable(IPv6: true, entries, 1000), new SurveyedNeighbourTable(IPv6: false, 5, 1000)],
        };
        IReadOnlyList<Finding> found = await lab.FindAsync();
        Assert.Equal(
            grade is null ? [] : [(FindingKinds.FullNeighbourTable, grade)], found.Select(one => (one.Kind, (FindingGrade?)one.Grade)));
        Assert.All(
            found, one => Assert.StartsWith("sysctl -w net.ipv6.neigh.default.gc_thresh3=4000", one.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_network_of_links_that_the_kernel_lacks_is_found()
    {
        await using Lab lab = await Lab.CreateAsync();
        OwnerId front = OwnerId.Of(lab.Test.Controller.FindNetwork("front").Id);
        lab.Survey = lab.Survey with { MissingLinkKinds = [new LinkKindSupport { Owner = front, NeededKind = "ipvlan" }] };
        Finding found = Assert.Single(await lab.FindAsync());
        Assert.Equal(
            (FindingKinds.MissingKernelFeature, "network front", FindingGrade.Error, "modprobe ipvlan; or start a kernel that has it"),
            (found.Kind, found.Object, found.Grade, found.Remedy));
    }

    [Fact]
    public async Task Rules_of_iptables_legacy_are_noted()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Survey = lab.Survey with { LegacyTables = ["ip filter", "ip6 nat"] };
        Finding found = Assert.Single(await lab.FindAsync());
        Assert.Equal(
            (FindingKinds.MixedBackends, "iptables-legacy table ip filter, table ip6 nat", FindingGrade.Note),
            (found.Kind, found.Object, found.Grade));
    }

    private sealed class Lab : IAsyncDisposable
    {
        private Lab(ControllerUnderTest test)
        {
            Test = test;
            Network network = test.Controller.FindNetwork("front");
            Pair = test.Engine.Kernel.Values.OfType<VethPair>().Single();
            Bridge = Pair.Bridge;
            Subnet = network.Pools[0].Subnet;
            Address = test.Engine.Kernel.Values.OfType<EndpointPolicy>().Single().IPv4!;
            Survey = new HostSurvey
            {
                Links = [Link(Bridge), Link(Pair.Name), Link("eth0"), Link(Pair.PeerName) with { Namespace = Pair.PeerNamespace }],
                Routes = [new SurveyedRoute(Address, Bridge) { Route = $"{Subnet} dev {Bridge}", Destination = Subnet }],
                Neighbours = [new SurveyedNeighbour(NamespaceRef.Host, Bridge, Address, Pair.PeerMacAddress)],
                ForwardsIPv4 = true,
                ForwardsIPv6 = true,
            };
        }

        public ControllerUnderTest Test { get; }

        public string Bridge { get; }

        public VethPair Pair { get; }

        public IPNetwork Subnet { get; }

        public IPAddress Address { get; }

        public HostSurvey Survey
        {
            get => Test.Engine.Survey;
            set => Test.Engine.Survey = value;
        }

        public static async Task<Lab> CreateAsync()
        {
            ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
            await test.NetworkAsync("front");
            await test.RunAsync("web", "front", ports: Web);
            return new Lab(test);
        }

        public Task<IReadOnlyList<Finding>> FindAsync(params SilentResolver[] silent) => Test.Controller.ExamineAsync(silent, default);

        public ValueTask DisposeAsync() => Test.DisposeAsync();

        private static SurveyedLink Link(string name) =>
            new(NamespaceRef.Host, name, 1500) { ForwardsIPv4 = true, ReversePathFilter = 0 };
    }
}
