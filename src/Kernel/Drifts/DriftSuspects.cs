using Net.Cnm.DesiredState;
using Net.Kernel.Links;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Netconf;
using Net.Netlink.Routes;

namespace Net.Kernel.Drifts;

/// <summary>Tells from the kernel's events whose objects may have been changed by another program: a link of ours that was up is gone,
/// down, renamed or off its bridge, or has lost an address or a route; or the host does not forward any more.</summary>
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

    // Links of ours that were up once, as they were then; and the ends of theirs in sandboxes, which have no tag.
    private readonly Dictionary<LinkKey, Settled> _settled = [];

    private readonly Dictionary<LinkKey, string> _links = [];
    private readonly HashSet<string> _others = [];

    /// <summary>The suspect that is no owner: the host itself, or anything.</summary>
    public static string Host => OwnerId.Host.Tag;

    /// <summary>Whether there are any.</summary>
    public bool Any => _links.Count + _others.Count > 0;

    /// <summary>Begins with the links that the daemon's namespace has.</summary>
    public void Begin(IEnumerable<LinkMessage> links)
    {
        _settled.Clear();
        foreach (LinkMessage link in links)
        {
            Follow(new LinkKey(null, link.Index), link, isDeleted: false);
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
                LinkMessage link = LinkMessage.DecodeKnown(payload);
                Follow(new LinkKey(message.NamespaceId, link.Index), link, message.Type == DeletedLink);
                break;
            case DeletedAddress:
                Suspect(new LinkKey(message.NamespaceId, AddressMessage.DecodeKnown(payload).Header.LinkIndex));
                break;
            case DeletedRoute when RouteMessage.DecodeKnown(payload) is { Table: RouteHeader.MainTable, OutputInterfaceIndex: { } index }:
                Suspect(new LinkKey(message.NamespaceId, index));
                break;
            case NewNetconf when message.NamespaceId is null && NetconfMessage.Decode(payload).EndsForwarding:
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

    private void Follow(LinkKey key, LinkMessage link, bool isDeleted)
    {
        if (link.Header.Family != RouteFamily.Unspecified)
        {
            return; // a bridge tells of its port, and so does the port itself
        }

        if (LinkGrave.Is(link))
        {
            Forget(key);
            _links.Remove(key);
        }
        else if (isDeleted)
        {
            Suspect(key);
            Forget(key);
        }
        else if (_settled.TryGetValue(key, out Settled? before))
        {
            if (!before.IsAsBefore(link))
            {
                Suspect(key);
            }

            // A new state is suspected once. With a link that is down, routes go without an event, so that it is looked at when it is up.
            _settled[key] = before with { Name = link.Name, Master = link.MasterIndex, IsUp = link.IsUp };
        }
        else if (key.Namespace is null && link.IsUp && LinkMark.IsOurs(link) && link.Alias is { Length: > 0 } owner)
        {
            LinkKey? inside = link is { LinkNamespaceId: { } sandbox, LowerIndex: { } index } ? new LinkKey(sandbox, index) : null;
            _settled.Add(key, new Settled(link.Name, link.MasterIndex, owner, inside));
            if (inside is { } end)
            {
                _settled[end] = new Settled(Name: null, Master: null, owner, OtherEnd: null);
            }
        }
    }

    // The kernel gives the number of a sandbox's namespace that has gone to another.
    private void Forget(LinkKey key)
    {
        if (_settled.Remove(key, out Settled? gone) && gone.OtherEnd is { } end && _settled.GetValueOrDefault(end)?.Owner == gone.Owner)
        {
            _settled.Remove(end);
        }
    }

    private void Suspect(LinkKey key)
    {
        if (_settled.TryGetValue(key, out Settled? settled))
        {
            _links[key] = settled.Owner;
        }
    }

    // The namespace by its number in that of the daemon; null for the daemon's.
    private readonly record struct LinkKey(int? Namespace, int Index);

    // The name is null until an event has told it.
    private sealed record Settled(string? Name, int? Master, string Owner, LinkKey? OtherEnd)
    {
        public bool IsUp { get; init; } = true;

        public bool IsAsBefore(LinkMessage link) =>
            link.IsUp == IsUp && (Name is null || link.Name == Name) && (Master is null || link.MasterIndex == Master);
    }
}
