using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>Makes a veth pair in one request: host end as a bridge's port, other end with its name and MAC straight in the
/// sandbox.</summary>
internal static class VethCreation
{
    /// <summary>The kernel's name of the link kind (IFLA_INFO_KIND).</summary>
    public const string Kind = "veth";

    /// <summary>The step that makes the pair; a pair of ours that is there already and whole is taken as it is, one without its other end
    /// is made anew.</summary>
    public static NetlinkStep Step(VethPair thing) => new(ApplyPhase.Ports, thing, () => Command(thing))
    {
        Namespace = NamespaceRef.Host,
        Link = thing.Bridge,
        RequiresOwnLink = true,
        Request = (session, bridge) => Request(thing, session, bridge),
        Inverse = (_, _) => LinkRequests.Delete(thing.HostName),
        OnMade = (session, result) => LearnPeer(thing, session, result),
        OnRefusal = (session, refusal) => Cure(thing, session, refusal),
    };

    /// <summary>The step that deletes a pair so that another can be made; its inverse makes the pair again.</summary>
    public static ActionStep Discard(VethPair old, VethPair successor) =>
        new(ApplyPhase.Bridges, successor, () => $"ip link delete dev {old.HostName}")
    {
        Do = session =>
        {
            LinkRemover.Remove(session, [new LinkRemovalStep(ApplyPhase.Ports, old, old.HostName)]);
            return () =>
            {
                session.Resolve(NamespaceRef.Host, [old.Bridge]);
                NetlinkRequest again = Request(old, session, session.IndexOf(NamespaceRef.Host, old.Bridge) ?? 0);
                session.Connection(NamespaceRef.Host).Execute(again);
            };
        },
    };

    /// <summary>Whether the two ends are where they should be.</summary>
    public static bool IsWhole(LinkMessage host, LinkMessage? peer) =>
        peer is not null && host.LowerIndex == peer.Index && peer.LowerIndex == host.Index && peer.Info?.Kind == Kind;

    private static NetlinkRequest Request(VethPair thing, KernelSession session, int bridge)
    {
        var near = new LinkMessage { Name = thing.HostName, Mtu = (uint?)thing.Mtu, MasterIndex = bridge, Group = LinkMark.Group };
        var peer = new LinkMessage
        {
            Name = thing.PeerName,
            Address = Hardware.Of(thing.PeerMacAddress),
            Mtu = (uint?)thing.Mtu,
            NamespaceDescriptor = session.Namespace(thing.PeerNamespace).Descriptor,
        };
        return LinkRequests.AddVeth(near, peer);
    }

    private static void LearnPeer(VethPair thing, KernelSession session, PipelineResult result)
    {
        // The kernel's echo of the request (since 6.2) has the index of the other end, which saves a request in the sandbox.
        if (LinkConnectionExtensions.FromEcho(result.Replies)?.LowerIndex is { } index)
        {
            session.Learn(thing.PeerNamespace, thing.PeerName, index);
        }
    }

    private static bool? Cure(VethPair thing, KernelSession session, NetlinkException refusal)
    {
        if (refusal.Errno != Errno.Exists)
        {
            return null;
        }

        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        LinkMessage? peer = session.Connection(thing.PeerNamespace).GetLink(thing.PeerName);
        LinkMessage? present = host.GetLink(thing.HostName);
        if (present is not null)
        {
            OwnLink.Require(present, thing.Owner, Kind, ObjectWords.Of(thing));
            if (IsWhole(present, peer))
            {
                return false;
            }
        }

        if (peer is not null)
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"{ObjectWords.Of(thing)}: {thing.PeerNamespace} has a device {thing.PeerName} already that this daemon did not create; " +
                "rename or remove it");
        }

        host.Execute(LinkRequests.Delete(present!.Index));
        session.ForgetLinks();
        session.Resolve(NamespaceRef.Host, [thing.Bridge]);
        host.Execute(Request(thing, session, session.IndexOf(NamespaceRef.Host, thing.Bridge)!.Value));
        return true;
    }

    private static string Command(VethPair thing)
    {
        string mtu = thing.Mtu is { } bytes ? FormattableString.Invariant($" mtu {bytes}") : "";
        return $"ip link add name {thing.HostName}{mtu} group {LinkMark.Group} master {thing.Bridge} type {Kind} "
            + $"peer name {thing.PeerName} address {thing.PeerMacAddress}{mtu} netns {thing.PeerNamespace.Name}";
    }
}
