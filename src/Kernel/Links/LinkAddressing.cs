using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Changes the Ethernet address of an existing link, only when the link has another one.</summary>
/// <remarks>The kernel takes any setting of the address, the same one too, for a change and flushes the link's neighbours, permanent ones
/// as well (NETDEV_CHANGEADDR, neigh_changeaddr).</remarks>
internal static class LinkAddressing
{
    /// <summary>The step that changes the address from one to another; none when both are equal.</summary>
    public static IEnumerable<Step> Replace(DesiredObject subject, NamespaceRef where, string link, MacAddress from, MacAddress to) =>
        from == to
        ? []
        :
        [
            new NetlinkStep(ApplyPhase.LinkSettings, subject, () => Command(where, link, to))
            {
                Namespace = where,
                Request = (_, _) => Set(link, to),
                Inverse = (_, _) => Set(link, from),
            },
        ];

    /// <summary>The step that sets the address if the link has another one.</summary>
    public static ActionStep Ensure(DesiredObject subject, NamespaceRef where, string link, MacAddress address) =>
        new(ApplyPhase.LinkSettings, subject, () => Command(where, link, address))
        {
            Do = session =>
            {
                NetlinkConnection connection = session.Connection(where);
                if (connection.GetLink(link) is not { Address: { } before } || before == Hardware.Of(address))
                {
                    return null;
                }

                connection.Execute(Set(link, address));
                return () => connection.Execute(LinkRequests.Change(new LinkMessage { Name = link, Address = before }));
            },
        };

    private static NetlinkRequest Set(string link, MacAddress address) =>
        LinkRequests.Change(new LinkMessage { Name = link, Address = Hardware.Of(address) });

    private static string Command(NamespaceRef where, string link, MacAddress address) =>
        $"{IpCommand.In(where)} link set dev {link} address {address}";
}
