using Net.Cnm.DesiredState;
using Net.Kernel.Sessions;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>Links that lead nowhere: a dummy link, or where the kernel has no such kind a veth pair.</summary>
internal sealed class PrivateParentKind : HostLinkKind<PrivateParent>
{
    private const string Dummy = "dummy";

    /// <inheritdoc/>
    protected override LinkMessage Describe(PrivateParent desired, int lower) =>
        new() { Name = desired.Name, Info = new LinkInfo { Kind = Dummy } };

    /// <inheritdoc/>
    protected override string Command(PrivateParent desired) =>
        $"ip link add name {desired.Name} group {LinkMark.Group} type {Dummy} || ip link add name {desired.Name} group {LinkMark.Group} "
            + $"type {VethSettings.Kind} peer name {desired.OtherName} group {LinkMark.Group}";

    /// <inheritdoc/>
    protected override bool IsKind(PrivateParent desired, LinkMessage link) => link.Info?.Kind is Dummy or VethSettings.Kind;

    // The other end is up from the start, so that both have a carrier.
    /// <inheritdoc/>
    protected override bool? Otherwise(PrivateParent desired, KernelSession session, NetlinkException refusal)
    {
        if (refusal.Errno != Errno.NotSupported)
        {
            return null;
        }

        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        host.Execute(LinkRequests.AddVeth(
            new LinkMessage { Name = desired.Name, Group = LinkMark.Group },
            new LinkMessage { Name = desired.OtherName, Group = LinkMark.Group }));
        host.Execute(LinkRequests.SetUp(desired.OtherName, up: true));
        return true;
    }
}
