using System.Globalization;
using Net.Netlink;
using Net.Netlink.Neighbours;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

/// <summary>The kernel's tables of neighbours, compared with what ip(8) prints of them.</summary>
public sealed class NeighbourTableTests
{
    [KernelFact]
    public void They_have_the_entries_and_the_limit_that_ip_prints() => HostNamespace.Run(static _ =>
    {
        using NetlinkConnection route = NetlinkConnection.Open(NetlinkProtocol.Route);
        foreach ((string family, string name) in ((string, string)[])[("-4", "arp_cache"), ("-6", "ndisc_cache")])
        {
            NeighbourTableMessage table =
                Assert.Single(route.DumpNeighbourTables(), table => table.Name == name && table.Limit is not null);
            string printed = Command.Run("ip", family, "-s", "ntable", "show", "name", name);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" thresh3 {table.Limit} "), printed, StringComparison.Ordinal);
            Assert.Matches(" entries [0-9]+ ", printed);
            Assert.NotNull(table.Entries);
        }
    });
}
