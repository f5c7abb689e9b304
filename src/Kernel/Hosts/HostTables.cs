using System.Net;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Routes;

namespace Net.Kernel.Hosts;

/// <summary>The links, addresses and routes of the daemon's namespace: dumped once, and then kept by the kernel's events. An operation that
/// changes only what is ours costs no dump, however much the host has.</summary>
/// <remarks>What is not ours is dumped anew when it has changed, since the kernel does not tell everything of it: IPv4 routes that go with
/// their link go silently (fib_sync_down_dev in net/ipv4/fib_semantics.c), and a route that replaces another is told as a new one. What is
/// never told, such as a group that a link gets while it is down (netdev_state_change in net/core/dev.c), is found after
/// <see cref="Forget"/>. The kernel queues an event before it acknowledges the request that has caused it, so what this process has done is
/// always seen. For one thread at a time.</remarks>
internal sealed class HostTables : IDisposable
{
    private const ushort NewLink = 16; // RTM_NEWLINK, include/uapi/linux/rtnetlink.h, and so on
    private const ushort DeletedLink = 17;
    private const ushort NewAddress = 20;
    private const ushort DeletedAddress = 21;
    private const ushort NewRoute = 24;
    private const ushort DeletedRoute = 25;

    private readonly NetlinkConnection _host;
    private readonly NetlinkSubscription _events;
    // A host with more, such as a router of the internet, is dumped for each use instead: its tables would fill the memory.
    private const int MostKept = 20_000;

    private readonly Dictionary<int, HostLink> _links = [];
    private readonly Dictionary<(int Link, IPAddress Address, byte Length), AddressMessage> _addresses = [];
    private readonly Dictionary<RouteKey, RouteMessage> _routes = [];
    private bool _isRead;

    /// <summary>Subscribes to the events; nothing is read yet.</summary>
    /// <param name="host">A NETLINK_ROUTE connection to the daemon's namespace.</param>
    /// <param name="home">That namespace.</param>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    public HostTables(NetlinkConnection host, NetworkNamespace home)
    {
        _host = host;
        _events = NetlinkSubscription.ToRoute(
            home, RouteGroup.Link, RouteGroup.IPv4Address, RouteGroup.IPv6Address, RouteGroup.IPv4Route, RouteGroup.IPv6Route);
    }

    /// <summary>The links by their indexes.</summary>
    public IReadOnlyDictionary<int, HostLink> Links => _links;

    /// <summary>The addresses of all links.</summary>
    public IEnumerable<AddressMessage> Addresses => _addresses.Values;

    /// <summary>The routes of the main table and of the local one.</summary>
    public IEnumerable<RouteMessage> Routes => _routes.Values;

    /// <summary>How often all was dumped: what is not ours has not changed while this has not.</summary>
    public int Dumps { get; private set; }

    /// <summary>Brings the tables to what the kernel has now.</summary>
    /// <returns>Whether anything has changed.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public bool Refresh()
    {
        bool hasChanged = false;
        bool isRead = _isRead;
        _isRead = false; // so it stays when an event cannot be followed
        while (_events.Receive(TimeSpan.Zero) is { } received && (received.WereLost || received.Messages.Count > 0))
        {
            hasChanged = true;
            isRead &= !received.WereLost;
            for (int i = 0; isRead && i < received.Messages.Count; i++)
            {
                isRead = Follow(received.Messages[i]);
            }
        }

        _isRead = isRead;
        if (!_isRead)
        {
            ReadAll();
            hasChanged = true;
        }

        return hasChanged;
    }

    /// <summary>Has all dumped anew by the next <see cref="Refresh"/>.</summary>
    public void Forget() => _isRead = false;

    /// <summary>Lets go of tables that are too large to be kept; they are dumped anew by the next <see cref="Refresh"/>.</summary>
    /// <returns>Whether they were.</returns>
    public bool ForgetIfLarge()
    {
        if (_links.Count + _addresses.Count + _routes.Count <= MostKept)
        {
            return false;
        }

        Clear();
        _isRead = false;
        return true;
    }

    /// <summary>Closes the subscription.</summary>
    public void Dispose() => _events.Dispose();

    // An event that comes between the last receive and these dumps is followed later, upon tables that have it already.
    private void ReadAll()
    {
        Clear();
        foreach (LinkMessage link in _host.DumpLinks())
        {
            _links[link.Index] = HostLink.Of(link);
        }

        foreach (AddressMessage address in _host.DumpAddresses())
        {
            Put(address);
        }

        foreach (uint table in (uint[])[RouteHeader.MainTable, RouteHeader.LocalTable])
        {
            foreach (RouteMessage route in _host.DumpRoutes(table: table))
            {
                _routes[RouteKey.Of(route)] = route;
            }
        }

        _isRead = true;
        Dumps++;
    }

    private void Clear()
    {
        _links.Clear();
        _addresses.Clear();
        _routes.Clear();
        _links.TrimExcess();
        _addresses.TrimExcess();
        _routes.TrimExcess();
    }

    // False when the tables have to be read anew.
    private bool Follow(NetlinkReply message) => message.Type switch
    {
        NewLink or DeletedLink => Follow(LinkMessage.DecodeKnown(message.Payload.Span), message.Type == DeletedLink),
        NewAddress or DeletedAddress => Follow(AddressMessage.DecodeKnown(message.Payload.Span), message.Type == DeletedAddress),
        NewRoute or DeletedRoute => Follow(RouteMessage.DecodeKnown(message.Payload.Span), message.Type == DeletedRoute),
        _ => true,
    };

    private bool Follow(LinkMessage link, bool isDeleted)
    {
        if (link.Header.Family != RouteFamily.Unspecified)
        {
            return true; // a bridge tells of its port, and so does the port itself
        }

        var now = HostLink.Of(link);
        if (!now.IsOurs || (_links.TryGetValue(link.Index, out HostLink before) && !before.IsOurs))
        {
            return false;
        }

        if (isDeleted)
        {
            _links.Remove(link.Index);
            RemoveAll(_addresses, (_, address) => address.Header.LinkIndex == link.Index);
            RemoveAll(_routes, (_, route) => route.OutputInterfaceIndex == link.Index);
            return true;
        }

        _links[link.Index] = now;
        if (!link.IsUp)
        {
            RemoveAll(_routes, (_, route) => route.OutputInterfaceIndex == link.Index && route.Table == RouteHeader.MainTable);
        }

        return true;
    }

    private bool Follow(AddressMessage address, bool isDeleted)
    {
        if (!IsOurs(address.Header.LinkIndex, isDeleted))
        {
            return false;
        }

        if (!isDeleted)
        {
            Put(address);
        }
        else if (address.OwnAddress is { } own)
        {
            _addresses.Remove((address.Header.LinkIndex, own, address.Header.PrefixLength));
        }

        return true;
    }

    private bool Follow(RouteMessage route, bool isDeleted)
    {
        if (route.Table is not (RouteHeader.MainTable or RouteHeader.LocalTable))
        {
            return true;
        }

        if (route.OutputInterfaceIndex is not { } link || !IsOurs(link, isDeleted))
        {
            return false;
        }

        if (isDeleted)
        {
            _routes.Remove(RouteKey.Of(route));
        }
        else
        {
            _routes[RouteKey.Of(route)] = route;
        }

        return true;
    }

    // What is deleted from a link that has gone is gone with it.
    private bool IsOurs(int link, bool isDeleted) => _links.TryGetValue(link, out HostLink known) ? known.IsOurs : isDeleted;

    private void Put(AddressMessage address)
    {
        if (address.OwnAddress is { } own)
        {
            _addresses[(address.Header.LinkIndex, own, address.Header.PrefixLength)] = address;
        }
    }

    private static void RemoveAll<TKey, TValue>(Dictionary<TKey, TValue> table, Func<TKey, TValue, bool> which)
        where TKey : notnull
    {
        foreach (TKey key in table.Where(entry => which(entry.Key, entry.Value)).Select(entry => entry.Key).ToList())
        {
            table.Remove(key);
        }
    }

    // What tells one route from another.
    private readonly record struct RouteKey(
        RouteFamily Family, uint Table, IPAddress? Destination, byte Length, byte TypeOfService, uint Metric, RouteType Type, int Link,
        IPAddress? Gateway)
    {
        public static RouteKey Of(RouteMessage route) => new(
            route.Header.Family, route.Table, route.Destination, route.Header.DestinationLength, route.Header.TypeOfService,
            route.Metric ?? 0, route.Header.Type, route.OutputInterfaceIndex ?? 0, route.Gateway);
    }
}
