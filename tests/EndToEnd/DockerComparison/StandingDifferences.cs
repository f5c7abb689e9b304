namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The differences that may show in every answer.</summary>
internal static class StandingDifferences
{
    /// <summary>The lines of netctl in /etc/hosts stand between two comments.</summary>
    public static readonly StandingDifference HostsMarks = StandingDifference.Without(new("hosts-marks"), "^# netctl: ");

    /// <summary><c>fe00::</c> and <c>ff00::</c> in /etc/hosts; 20.10 writes <c>fe00::0</c> and <c>ff00::0</c>.</summary>
    public static readonly StandingDifference HostsPrefixes =
        StandingDifference.Replaced(new("hosts-prefixes"), "^(f[ef]00::)0(\tip6-)", "$1$2");

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

    /// <summary>Docker ends with what did not start or was not renamed.</summary>
    public static readonly StandingDifference Summaries =
        StandingDifference.Without(new("message-frames"), "^error: failed to (?:start containers: |rename container named )");

    /// <summary>Docker puts what it was about before a message.</summary>
    public static readonly StandingDifference Frames = StandingDifference.Replaced(
        new("message-frames"),
        @"^error: (?:Error when allocating new name|Cannot kill container: \S+|Cannot (?:restart|pause|unpause|stop) container \S+): ",
        "error: ");

    /// <summary>Docker's messages of a command that cannot run name its runtime; of exec they are on standard output.</summary>
    public static readonly StandingDifference Runtime = StandingDifference.Replaced(
        new("runtime-words"),
        "^(?:(?:error: failed to create shim task: )?OCI runtime (?:create|exec) failed: (?:runc create|exec) failed: "
            + "unable to start container process: (.*): unknown|(unable to find user .*))$",
        "error: $1$2");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<StandingDifference> All =
    [
        HostsMarks, HostsPrefixes, PoolSize, LoopbackAddress, RouteProtocol, Summaries, Frames, Runtime, LongerMessages,
    ];
}
