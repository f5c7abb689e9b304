using Net.Cnm.DesiredState;
using Net.Kernel.Links;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Netconf;
using Net.Netlink.Routes;

namespace Net.Kernel.Drifts;

/// <summary>Tells from the kernel's events whose objects in the daemon's namespace may have been changed by another program: a link of ours
/// that was up is gone, down, renamed or off its bridge, or has lost an address or a route; or the host does not forward any more.</summary>
/// <remarks>What this daemon does itself looks the same for a moment: it buries a link after it has taken its addresses, and so it is no
/// suspect any more when the change is done. Whether a suspect is to be there at all is for the caller to know. For one thread at a
/// time.</remarks>
internal sealed class DriftSuspects
{
    private const ushort NewLink = 16; // RTM_NEWLINK, include/uapi/linux/rtnetlink.h, and so on
    private const ushort DeletedLink = 17;
    private const ushort DeletedAddress = 21;
    private const ushort DeletedRoute = 25;
    private const ushort NewNetconf = 80;

    // Links of ours that were up once, as they were then.
    private readonly Dictionary<int, Settled> _settled = [];

    private readonly Dictionary<int, string> _links = [];
    private readonly HashSet<string> _others = [];

    /// <summary>The suspect that is no owner: the host itself, or anything.</summary>
    public static string Host => OwnerId.Host.Tag;

    /// <summary>Whether there are any.</summary>
    public bool Any => _links.Count + _others.Count > 0;

    /// <summary>Begins with the links that there are.</summary>
    public void Begin(IEnumerable<LinkMessage> links)
    {
        _settled.Clear();
        foreach (LinkMessage link in links)
        {
            Follow(link, isDeleted: false);
        }
    }

    /// <summary>Notes what an event tells.</summary>
    /// <exception cref="NetlinkFormatException">The event cannot be read.</exception>
    public void Follow(NetlinkReply message)
    {
        ReadOnlySpan<byte> payload = message.Payload.Span;
        switch (message.Type)
        {
            case NewLink or DeletedLink:
                Follow(LinkMessage.Decode(payload), message.Type == DeletedLink);
                break;
            case DeletedAddress:
                Suspect(AddressMessage.Decode(payload).Header.LinkIndex);
                break;
            case DeletedRoute:
                Follow(RouteMessage.Decode(payload));
                break;
            case NewNetconf when NetconfMessage.Decode(payload).EndsForwarding:
                SuspectAnything();
                break;
        }
    }

    /// <summary>Notes that anything may have changed: events were lost.</summary>
    public void SuspectAnything() => _others.Add(Host);

    /// <summary>Notes owners of what may have changed otherwise.</summary>
    public void Suspect(IEnumerable<string> owners) => _others.UnionWith(owners);

    /// <summary>Takes the owners of what may have changed, by their tags.</summary>
    public IReadOnlySet<string> Take()
    {
        HashSet<string> owners = [.. _links.Values, .. _others];
        _links.Clear();
        _others.Clear();
        return owners;
    }

    private void Follow(LinkMessage link, bool isDeleted)
    {
        if (link.Header.Family != RouteFamily.Unspecified)
        {
            return; // a bridge tells of its port, and so does the port itself
        }

        bool isKnown = _settled.TryGetValue(link.Index, out Settled? before);
        if (LinkGrave.Is(link))
        {
            _settled.Remove(link.Index);
            _links.Remove(link.Index);
        }
        else if (isDeleted)
        {
            Suspect(link.Index);
            _settled.Remove(link.Index);
        }
        else if (!isKnown)
        {
            if (link.IsUp && LinkMark.IsOurs(link) && link.Alias is { Length: > 0 } owner)
            {
                _settled.Add(link.Index, new Settled(link.Name!, link.MasterIndex, owner));
            }
        }
        else if (!link.IsUp || link.Name != before!.Name || (before.Master is { } master && link.MasterIndex != master))
        {
            Suspect(link.Index);
        }
        else
        {
            _settled[link.Index] = before with { Master = link.MasterIndex };
        }
    }

    private void Follow(RouteMessage route)
    {
        if (route.Table == RouteHeader.MainTable && route.OutputInterfaceIndex is { } link)
        {
            Suspect(link);
        }
    }

    private void Suspect(int link)
    {
        if (_settled.TryGetValue(link, out Settled? settled))
        {
            _links[link] = settled.Owner;
        }
    }

    private sealed record Settled(string Name, int? Master, string Owner);
}
