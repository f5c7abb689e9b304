using Net.Kernel.Flows;
using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Tests.Kernel.Flows;

/// <summary>How often the kernel's table of connections is walked through.</summary>
public sealed class FlowWalksTests
{
    private static readonly ConntrackFilter[] Four =
    [
        .. Enumerable.Range(1, 4)
            .Select(port => new ConntrackFilter(NetfilterFamily.IPv4, new ConntrackTuple { SourcePort = (ushort)port })),
    ];

    [Theory]
    [InlineData(0L, 0)]
    [InlineData(1L, 1)]
    [InlineData(4000L, 1)]
    [InlineData(4001L, 4)]
    [InlineData(null, 4)]
    public void Once_for_all_filters_while_there_are_few_connections(long? tracked, int walks)
    {
        IReadOnlyList<ConntrackFilter> chosen = FlowWalks.Choose(Four, tracked);
        Assert.Equal(walks, chosen.Count);
        Assert.All(chosen, filter => Assert.Equal(walks == 1, filter == FlowWalks.All));
    }

    [Fact]
    public void One_filter_is_kept() => Assert.Equal(Four[..1], FlowWalks.Choose(Four[..1], 5));
}
