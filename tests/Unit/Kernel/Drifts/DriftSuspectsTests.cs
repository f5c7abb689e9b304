using Net.Kernel.Drifts;
using Net.Kernel.Links;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;

namespace Net.Tests.Unit.Kernel.Drifts;

/// <summary>Which events make whose objects suspects: those that another program causes, and not those of the daemon's own work.</summary>
public sealed class DriftSuspectsTests
{
    private const int Bridge = 3;
    private const int Host = 7;
    private const int Inside = 2;
    private const int Sandbox = 0;
    private static readonly string Web = new('a', 64);
    private static readonly string Shop = new('b', 64);
    private readonly DriftSuspects _suspects = new();

    public DriftSuspectsTests() => _suspects.Begin([Pair(Host, Web)]);

    [Fact]
    public void A_link_that_goes_down_loses_its_bridge_or_its_name_or_is_deleted_makes_its_owner_a_suspect_once()
    {
        foreach (LinkMessage changed in (LinkMessage[])
        [
            Pair(Host, Web, isUp: false), Pair(Host, Web) with { MasterIndex = null }, Pair(Host, Web) with { Name = "other" },
        ])
        {
            _suspects.Begin([Pair(Host, Web)]);
            _suspects.Follow(Event(changed));
            Assert.Equal([Web], _suspects.Take());
            _suspects.Follow(Event(changed)); // such as its carrier
            Assert.Empty(_suspects.Take());
        }

        _suspects.Begin([Pair(Host, Web)]);
        _suspects.Follow(Event(Pair(Host, Web), isDeleted: true));
        Assert.Equal([Web], _suspects.Take());
    }

    [Fact]
    public void A_link_that_comes_up_again_is_looked_at_since_its_routes_went_without_an_event()
    {
        _suspects.Follow(Event(Pair(Host, Web, isUp: false)));
        Assert.Equal([Web], _suspects.Take());
        _suspects.Follow(Event(Pair(Host, Web)));
        Assert.Equal([Web], _suspects.Take());
        _suspects.Follow(Event(Pair(Host, Web)));
        Assert.False(_suspects.Any);
    }

    [Fact]
    public void A_link_that_is_buried_is_no_suspect_whatever_was_taken_from_it_before()
    {
        _suspects.Follow(LostAddress(Host));
        _suspects.Follow(Event(Pair(Host, Web, isUp: false)));
        Assert.True(_suspects.Any);
        _suspects.Follow(Event(Pair(Host, Web, isUp: false) with { Name = "grave7", Group = LinkMark.GraveGroup, Alias = null }));
        Assert.False(_suspects.Any);
        _suspects.Follow(Event(Pair(Host, Web) with { Name = "grave7", Group = LinkMark.GraveGroup, Alias = null }, isDeleted: true));
        Assert.False(_suspects.Any);
    }

    [Fact]
    public void A_link_that_is_being_made_and_links_of_others_are_none()
    {
        _suspects.Follow(Event(Pair(9, Shop, isUp: false) with { MasterIndex = null, Alias = null }));
        _suspects.Follow(Event(Pair(9, Shop) with { MasterIndex = null, Alias = null }));
        _suspects.Follow(Event(Pair(9, Shop)));
        _suspects.Follow(Event(new LinkMessage { Header = Header(11, isUp: true), Name = "docker0" }));
        _suspects.Follow(Event(new LinkMessage { Header = Header(11, isUp: true), Name = "docker0" }, isDeleted: true));
        _suspects.Follow(LostAddress(11));
        Assert.False(_suspects.Any);
    }

    [Fact]
    public void The_end_in_a_sandbox_is_known_by_the_number_and_the_index_that_the_hosts_end_names()
    {
        _suspects.Follow(LostAddress(Inside, Sandbox));
        Assert.Equal([Web], _suspects.Take());
        _suspects.Follow(LostAddress(Inside + 1, Sandbox));
        _suspects.Follow(LostAddress(Inside, Sandbox + 1));
        Assert.False(_suspects.Any);
    }

    [Fact]
    public void A_number_that_the_next_sandbox_has_already_stays_known_when_the_first_ones_link_goes()
    {
        _suspects.Follow(Event(Pair(9, Shop)));
        _suspects.Follow(Event(Pair(Host, Web), isDeleted: true));
        _suspects.Take();
        _suspects.Follow(LostAddress(Inside, Sandbox));
        Assert.Equal([Shop], _suspects.Take());
    }

    [Fact]
    public void Lost_events_make_everything_a_suspect()
    {
        _suspects.SuspectAnything();
        Assert.Equal([DriftSuspects.Host], _suspects.Take());
    }

    private static LinkMessage Pair(int index, string owner, bool isUp = true) => new()
    {
        Header = Header(index, isUp),
        Name = $"veth{index}",
        Group = LinkMark.Group,
        Alias = owner,
        MasterIndex = Bridge,
        LowerIndex = Inside,
        LinkNamespaceId = Sandbox,
    };

    private static LinkHeader Header(int index, bool isUp) =>
        new(RouteFamily.Unspecified, 0, index, isUp ? LinkFlags.Up : LinkFlags.None, LinkFlags.None);

    private static NetlinkReply Event(LinkMessage link, bool isDeleted = false) => Encode((ushort)(isDeleted ? 17 : 16), link);

    private static NetlinkReply LostAddress(int link, int? where = null) => Encode(
        21,
        new AddressMessage
        {
            Header = new AddressHeader(RouteFamily.IPv4, 24, AddressFlags.None, RouteScope.Universe, link),
            Local = System.Net.IPAddress.Parse("172.18.0.2"),
        }) with
    { NamespaceId = where };

    private static NetlinkReply Encode(ushort type, INetlinkMessage message)
    {
        using var buffer = new MessageBuffer();
        message.Encode(buffer.Writer);
        return new NetlinkReply(type, default, 0, buffer.Written.ToArray());
    }
}
