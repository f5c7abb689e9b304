using Net.Cnm.Addresses;
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

    /// <summary>How often the pair is asked for when the kernel says that it exists and then it does not.</summary>
    private const int Attempts = 5;

    /// <summary>The step that makes the pair; a pair of ours that is there already and whole is taken as it is, one without its other end
    /// is made anew.</summary>
    public static NetlinkStep Step(VethPair desired) => new(ApplyPhase.Veths, desired, () => Command(desired))
    {
        Namespace = NamespaceRef.Host,
        Link = desired.Bridge,
        RequiresOwnLink = !desired.BridgeIsAdopted,
        Makes = [(NamespaceRef.Host, desired.Name), (desired.PeerNamespace, desired.PeerName)],
        Request = (session, bridge) => Request(desired, session, bridge),
        Inverse = (_, _) => LinkRequests.Delete(desired.Name),
        OnMade = (session, result) => LearnPeer(desired, session, result),
        OnRefusal = (session, refusal) => Cure(desired, session, refusal),
    };

    /// <summary>The step that deletes a pair so that another can be made; its inverse makes the pair again.</summary>
    public static ActionStep Discard(VethPair old, VethPair successor) =>
        new(ApplyPhase.Bridges, successor, () => $"ip link delete dev {old.Name}")
        {
            Do = session =>
            {
                LinkRemover.Remove(
                    session,
                    [new LinkRemovalStep(ApplyPhase.Veths, old, old.Name) { OtherEnd = (old.PeerNamespace, old.PeerName) }]);
                return () =>
                {
                    session.Connection(NamespaceRef.Host).Execute(RequestAgain(old, session));
                };
            },
        };

    /// <summary>Whether the two ends are where they should be.</summary>
    public static bool IsWhole(LinkMessage host, LinkMessage? peer) =>
        peer is not null && host.LowerIndex == peer.Index && peer.LowerIndex == host.Index && peer.Info?.Kind == Kind;

    private static NetlinkRequest Request(VethPair desired, KernelSession session, int bridge)
    {
        var near = new LinkMessage
        {
            Name = desired.Name,
            Address = NearAddress(desired) is { } address ? Hardware.Of(address) : null,
            Mtu = (uint?)desired.Mtu,
            MasterIndex = bridge,
            Group = LinkMark.Group,
        };
        var peer = new LinkMessage
        {
            Name = desired.PeerName,
            Address = Hardware.Of(desired.PeerMacAddress),
            Mtu = (uint?)desired.Mtu,
            NamespaceDescriptor = session.Namespace(desired.PeerNamespace).Descriptor,

            // One that waits in the daemon's namespace for another program is not a link of the host's.
            Group = desired.PeerNamespace.IsHost ? LinkMark.Group : null,
        };
        return LinkRequests.AddVeth(near, peer);
    }

    // A bridge whose address nobody has set has the lowest one of its ports (br_stp_recalculate_bridge_id): a bridge of another program
    // keeps the one that it has, when ours is higher than all others. libvirt's ports begin with fe too. With an IPv4 address that was
    // assigned, the four octets that are left are that.
    private static MacAddress? NearAddress(VethPair desired) => desired.BridgeIsAdopted
        ? MacAddress.FromBytes([0xfe, 0xff, .. desired.PeerMacAddress.ToBytes()[2..]])
        : null;

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
        for (int attempt = 1; ; attempt++)
        {
            if (IsThere(desired, session, host))
            {
                return false;
            }

            // What was refused may be gone by now: the kernel removes the links of a namespace some time after its last process.
            session.ForgetLinks();
            try
            {
                host.Execute(RequestAgain(desired, session));
                return true;
            }
            catch (NetlinkException again) when (again.Errno == Errno.Exists && attempt < Attempts)
            {
            }
        }
    }

    /// <summary>Whether the pair is there and whole. A host end of ours without its other end is deleted.</summary>
    /// <exception cref="CnmException">Conflict: one of the two names is taken by a device that is not ours.</exception>
    private static bool IsThere(VethPair desired, KernelSession session, NetlinkConnection host)
    {
        LinkMessage? peer = session.Connection(desired.PeerNamespace).GetLink(desired.PeerName);
        LinkMessage? present = host.GetLink(desired.Name);
        if (present is not null)
        {
            OwnLink.Require(present, desired.Owner, Kind, ObjectWords.Of(desired));
            if (IsWhole(present, peer))
            {
                return true;
            }
        }

        if (peer is not null)
        {
            string words = $"{ObjectWords.Of(desired)}: {desired.PeerNamespace} has a device {desired.PeerName} already that this daemon " +
                "did not create; rename or remove it";
            throw new CnmException(CnmErrorKind.Conflict, words, new LinkNameTakenException(words));
        }

        if (present is not null)
        {
            PipelineResult result = host.Pipeline([LinkRequests.Delete(present.Index)])[0];
            if (result.Error is { } error && !KernelErrors.IsAlreadyGone(error))
            {
                throw error;
            }
        }

        return false;
    }

    private static NetlinkRequest RequestAgain(VethPair desired, KernelSession session)
    {
        session.Resolve(NamespaceRef.Host, [desired.Bridge]);
        return session.IndexOf(NamespaceRef.Host, desired.Bridge) is { } bridge
            ? Request(desired, session, bridge)
            : throw KernelErrors.NoLink(desired, desired.Bridge);
    }

    private static string Command(VethPair desired)
    {
        string mtu = desired.Mtu is { } bytes ? FormattableString.Invariant($" mtu {bytes}") : "";
        string near = NearAddress(desired) is { } address ? $" address {address}" : "";
        return $"ip link add name {desired.Name}{near}{mtu} group {LinkMark.Group} master {desired.Bridge} type {Kind} "
            + $"peer name {desired.PeerName} address {desired.PeerMacAddress}{mtu} netns {desired.PeerNamespace.Name}";
    }
}
