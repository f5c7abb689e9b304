using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>VLAN links of the daemon's namespace, each on a link that is there already.</summary>
internal sealed class VlanKind : HostLinkKind<VlanLink>
{
    /// <inheritdoc/>
    protected override string? Lower(VlanLink desired) => desired.Parent;

    /// <inheritdoc/>
    protected override LinkMessage Describe(VlanLink desired, int lower) => new()
    {
        Name = desired.Name,
        LowerIndex = lower,
        Info = new LinkInfo { Kind = VlanSettings.Kind, Data = new VlanSettings { Id = desired.Id } },
    };

    /// <inheritdoc/>
    protected override string Command(VlanLink desired) => string.Create(
        CultureInfo.InvariantCulture,
        $"ip link add link {desired.Parent} name {desired.Name} group {LinkMark.Group} type {VlanSettings.Kind} id {desired.Id}");
}
