namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>An operation in whose middle the daemon is killed.</summary>
/// <param name="Name">What a person would call it.</param>
/// <param name="Setup">The commands before it, in the words of sh.</param>
/// <param name="Command">Its command, which is all that it is.</param>
/// <param name="Between">The commands that lead to what is there between its requests, if it makes several; null for one.</param>
internal sealed record Walked(string Name, string Setup, string Command, string? Between = null)
{
    /// <summary>Whether the daemon carries it to its end some time after it answers again: a restart goes on, a plug-in is told.</summary>
    public bool EndsLater { get; init; }

    /// <summary>What leads to the same end when the command was refused: the command itself. A signal may have ended a container already
    /// whose end could not be stored yet.</summary>
    public string Again { get; init; } = Command;

    /// <summary>The same where the refusal says that what was created could not be removed either.</summary>
    public string AgainWhenLeft { get; init; } = Command;

    private const string Front = "$NETCTL network create --ipv6 front";
    private const string Damage =
        "ip link delete $(ip -br link | grep -o '^veth[^@]*' | head -n 1); ip -6 route flush proto kernel; "
        + "nft delete $(nft list tables | grep -m 1 netctl)";

    private const string Web = Front + "; $NETCTL run -d --name web --network front -p 8080:80 sleep 1000";

    private const string Linked = "$NETCTL run -d --name db sleep 1000; $NETCTL run -d --name web --link db sleep 1000";

    /// <summary>Each operation that changes something, by its name.</summary>
    public static IReadOnlyDictionary<string, Walked> All { get; } = ((Walked[])
    [
        new("network create", "true", Front),
        new("network rm", Front, "$NETCTL network rm front"),
        new("network prune", Front, "$NETCTL network prune -f"),
        new("create", Front, "$NETCTL create --name web --network front -p 8080:80 sleep 1000"),
        new(
            "run",
            Front,
            "$NETCTL run -d --name web --network front -p 8080:80 sleep 1000",
            "$NETCTL create --name web --network front -p 8080:80 sleep 1000") { AgainWhenLeft = "$NETCTL start web" },
        new("start", $"{Web}; $NETCTL stop -t 0 web", "$NETCTL start web"),
        new("stop", Web, "$NETCTL stop -t 0 web"),
        new("restart", Web, "$NETCTL restart -t 0 web") { EndsLater = true },
        new("kill", Web, "$NETCTL kill web && $NETCTL wait web") { EndsLater = true, Again = "$NETCTL wait web" },
        new("pause", Web, "$NETCTL pause web"),
        new("unpause", $"{Web}; $NETCTL pause web", "$NETCTL unpause web"),
        new("update", Web, "$NETCTL update --restart always web"),
        new("exec", Web, "$NETCTL exec -d web sleep 1000"),
        new("rename", Web, "$NETCTL rename web shop"),
        new("rm", Web, "$NETCTL rm -f web"),
        new(
            "rm, with a restart policy",
            $"{Front}; $NETCTL run -d --restart always --name web --network front -p 8080:80 sleep 1000",
            "$NETCTL rm -f web"),
        new("rm --link", Linked, "$NETCTL rm --link web/db"),
        new("container prune", $"{Web}; $NETCTL stop -t 0 web", "$NETCTL container prune -f"),
        new("connect", $"{Web}; $NETCTL network create back", "$NETCTL network connect back web"),
        new("disconnect", $"{Web}; $NETCTL network create back; $NETCTL network connect back web", "$NETCTL network disconnect back web"),
        new(
            "disconnect, and its links are deleted",
            $"{Web}; $NETCTL network create back; $NETCTL network connect back web",
            "$NETCTL network disconnect back web && sleep 0.3"),
        new("doctor --fix", $"{Web}; {Damage}", "$NETCTL doctor --fix"),
        new("publish", Web, "$NETCTL publish web 9090:90"),
        new("unpublish", Web, "$NETCTL unpublish web 8080:80"),
        new("restore", $"$NETCTL system backup $ROOT/backup; {Web}", "$NETCTL system restore -f $ROOT/backup"),
        new("reset", Web, "$NETCTL system reset -f"),
    ]).ToDictionary(walked => walked.Name, StringComparer.Ordinal);
}
