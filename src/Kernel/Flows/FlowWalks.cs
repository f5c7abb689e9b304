using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Kernel.Flows;

/// <summary>Which dumps find tracked connections with the least work. For each dump the kernel walks through its whole table, which takes
/// some 2 ms for the usual 262,144 buckets however few connections there are; what is filtered there saves the bytes of those that are not
/// asked for.</summary>
internal static class FlowWalks
{
    // What reading so many connections costs is about what one more walk does.
    private const int FlowsOfAWalk = 1000;

    // More connections than of so many walks are not read into memory at once.
    private const int MostWalks = 4;

    /// <summary>All tracked connections.</summary>
    public static ConntrackFilter All { get; } = new(NetfilterFamily.Unspecified);

    /// <summary>The dumps that find what these filters find, and perhaps other connections: none where nothing is tracked, one for all
    /// filters while there are few connections.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="tracked">How many connections are tracked; null when it is not known.</param>
    public static IReadOnlyList<ConntrackFilter> Choose(IReadOnlyList<ConntrackFilter> filters, long? tracked) =>
        tracked == 0 ? []
            : filters.Count > 1 && tracked <= Math.Min(filters.Count, MostWalks) * FlowsOfAWalk ? [All] : filters;
}
