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
    public static NetlinkStep Step(VethPair desired) => new(ApplyPhase.Veths, desired, () => Command(desired))
    {
        Namespace = NamespaceRef.Host,
        Link = desired.Bridge,
        RequiresOwnLink = true,
        Request = (session, bridge) => Request(desired, session, bridge),
        Inverse = (_, _) => LinkRequests.Delete(desired.HostName),
        OnMade = (session, result) => LearnPeer(desired, session, result),
        OnRefusal = (session, refusal) => Cure(desired, session, refusal),
    };

    /// <summary>The step that deletes a pair so that another can be made; its inverse makes the pair again.</summary>
    public static ActionStep Discard(VethPair old, VethPair successor) =>
        new(ApplyPhase.Bridges, successor, () => $"ip link delete dev {old.HostName}")
        {
            Do = session =>
            {
                LinkRemover.Remove(session, [new LinkRemovalStep(ApplyPhase.Veths, old, old.HostName)]);
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

    private static NetlinkRequest Request(VethPair desired, KernelSession session, int bridge)
    {
        var near = new LinkMessage { Name = desired.HostName, Mtu = (uint?)desired.Mtu, MasterIndex = bridge, Group = LinkMark.Group };
        var peer = new LinkMessage
        {
            Name = desired.PeerName,
            Address = Hardware.Of(desired.PeerMacAddress),
            Mtu = (uint?)desired.Mtu,
            NamespaceDescriptor = session.Namespace(desired.PeerNamespace).Descriptor,
        };
        return LinkRequests.AddVeth(near, peer);
    }

    private static void LearnPeer(VethPair desired, KernelSession session, PipelineResult result)
    {
        // The kernel's echo of the request (since 6.2) has the index of the other end, which saves a request in the sandbox.
        if (LinkConnectionExtensions.FromEcho(result.Replies)?.LowerIndex is { } index)
        {
            session.Learn(desired.PeerNamespace, desired.PeerName, index);
        }
    }

    private static bool? Cure(VethPair desired, KernelSession session, NetlinkException refusal)
    {
        if (refusal.Errno != Errno.Exists)
        {
            return null;
        }

        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        LinkMessage? peer = session.Connection(desired.PeerNamespace).GetLink(desired.PeerName);
        LinkMessage? present = host.GetLink(desired.HostName);
        if (present is not null)
        {
            OwnLink.Require(present, desired.Owner, Kind, ObjectWords.Of(desired));
            if (IsWhole(present, peer))
            {
                return false;
            }
        }

        if (peer is not null)
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"{ObjectWords.Of(desired)}: {desired.PeerNamespace} has a device {desired.PeerName} already that this daemon " +
                "did not create; rename or remove it");
        }

        host.Execute(LinkRequests.Delete(present!.Index));
        session.ForgetLinks();
        session.Resolve(NamespaceRef.Host, [desired.Bridge]);
        host.Execute(Request(desired, session, session.IndexOf(NamespaceRef.Host, desired.Bridge)!.Value));
        return true;
    }

    private static string Command(VethPair desired)
    {
        string mtu = desired.Mtu is { } bytes ? FormattableString.Invariant($" mtu {bytes}") : "";
        return $"ip link add name {desired.HostName}{mtu} group {LinkMark.Group} master {desired.Bridge} type {Kind} "
            + $"peer name {desired.PeerName} address {desired.PeerMacAddress}{mtu} netns {desired.PeerNamespace.Name}";
    }
}
