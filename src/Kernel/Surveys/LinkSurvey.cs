using System.Globalization;
using Net.Cnm.Addresses;
using Net.Cnm.Findings;
using Net.Kernel.Links;
using Net.Kernel.Observations;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Surveys;

/// <summary>Reads the links of a namespace and those of their settings that decide what is forwarded.</summary>
internal static class LinkSurvey
{
    /// <summary>The links of the namespace, without the loopback.</summary>
    public static IEnumerable<SurveyedLink> Read(ObservedNamespace seen)
    {
        int? all = Number(seen, "all", "rp_filter");
        foreach (LinkMessage link in seen.Links.Where(link => !link.Header.Flags.HasFlag(LinkFlags.Loopback)))
        {
            string name = link.Name!;
            yield return new SurveyedLink(seen.Reference, name, (int)(link.Mtu ?? 0))
            {
                MacAddress = MacOf(link.Address),
                Master = link.MasterIndex is { } master ? seen.Link(master)?.Name : null,
                Tag = seen.Reference.IsHost && LinkMark.IsOurs(link) ? link.Alias : null,
                IsUp = link.IsUp,
                ForwardsIPv4 = Number(seen, name, "forwarding") is { } forwarding ? forwarding != 0 : null,
                ForcesIPv6 = seen.Setting($"net/ipv6/conf/{name}/force_forwarding") is { } forced ? forced != "0" : null,
                ReversePathFilter = Number(seen, name, "rp_filter") is { } own ? Math.Max(own, all ?? 0) : null,
            };
        }
    }

    /// <summary>An Ethernet address; null for another kind of address.</summary>
    public static MacAddress? MacOf(HardwareAddress? address) =>
        address is { Bytes.Length: 6 } known ? MacAddress.FromBytes(known.Bytes) : null;

    private static int? Number(ObservedNamespace seen, string link, string setting) =>
        int.TryParse(seen.Setting($"net/ipv4/conf/{link}/{setting}"), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
}
