namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The differences that may show in every answer.</summary>
internal static class StandingDifferences
{
    /// <summary>The lines of netctl in /etc/hosts stand between two comments.</summary>
    public static readonly StandingDifference HostsMarks = StandingDifference.Without(new("hosts-marks"), "^# netctl: ");

    /// <summary><c>fe00::</c> and <c>ff00::</c> in /etc/hosts; 20.10 writes <c>fe00::0</c> and <c>ff00::0</c>.</summary>
    public static readonly StandingDifference HostsPrefixes =
        StandingDifference.Replaced(new("hosts-prefixes"), "^(f[ef]00::)0(\tip6-)", "$1$2");

    /// <summary>The order of the lines in /etc/resolv.conf.</summary>
    public static readonly StandingDifference ResolverOrder =
        StandingDifference.Sorted(new("resolver-order"), "^(search|nameserver|options) ");

    /// <summary>The size of the default network.</summary>
    public static readonly StandingDifference PoolSize = StandingDifference.Replaced(
        new("pool-size"), @"/(?:16|22) broadcast 172\.17\.(?:255|3)\.255|172\.17\.0\.0/(?:16|22)", "(default network)");

    /// <summary><c>::1</c> on the loopback interface.</summary>
    public static readonly StandingDifference LoopbackAddress =
        StandingDifference.Without(new("loopback-address"), "^lo inet6 ::1/128 scope host$");

    /// <summary>The protocol of a route says who made it.</summary>
    public static readonly StandingDifference RouteProtocol =
        StandingDifference.Replaced(new("route-protocol"), "^(route .*) protocol 110", "$1");

    /// <summary>A message goes on after Docker's words.</summary>
    public static readonly StandingDifference LongerMessages = StandingDifference.LongerMessages(new("longer-messages"));

    /// <summary>Docker sums up what did not start.</summary>
    public static readonly StandingDifference StartSummary =
        StandingDifference.Without(new("start-summary"), "^error: failed to start containers: ");

    /// <summary>The order of the variables of a link's ports.</summary>
    public static readonly StandingDifference LinkOrder = StandingDifference.Sorted(new("link-order"), "^[A-Z0-9_]+_PORT(_|=)");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<StandingDifference> All =
        [HostsMarks, HostsPrefixes, ResolverOrder, PoolSize, LoopbackAddress, RouteProtocol, LinkOrder, StartSummary, LongerMessages];
}
