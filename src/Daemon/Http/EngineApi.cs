namespace Net.Daemon.Http;

/// <summary>The requests of Docker Engine's API, by which a request that netctl does not serve is told from one that no daemon
/// serves.</summary>
/// <remarks>Source: the routes of the Engine (moby, api/server/router) in the versions 1.24 to 1.51 of its API.</remarks>
internal static class EngineApi
{
    // A segment "*" stands for any one segment, "**" for one or more: names of images and plugins may have slashes.
    private static readonly (string Method, string[] Segments)[] Requests =
    [
        .. new[]
        {
            "POST auth", "POST build", "POST build/cancel", "POST build/prune", "POST commit", "GET events", "POST grpc", "GET info",
            "POST session", "GET system/df", "GET version", "GET _ping", "HEAD _ping", "GET distribution/**/json",

            "GET containers/json", "POST containers/create", "POST containers/prune", "DELETE containers/*", "GET containers/*/json",
            "HEAD containers/*/archive", "GET containers/*/archive", "PUT containers/*/archive", "POST containers/*/attach",
            "GET containers/*/attach/ws", "GET containers/*/changes", "GET containers/*/checkpoints", "POST containers/*/checkpoints",
            "DELETE containers/*/checkpoints/*", "POST containers/*/copy", "POST containers/*/exec", "GET containers/*/export",
            "POST containers/*/kill", "GET containers/*/logs", "POST containers/*/pause", "POST containers/*/rename",
            "POST containers/*/resize", "POST containers/*/restart", "POST containers/*/start", "GET containers/*/stats",
            "POST containers/*/stop", "GET containers/*/top", "POST containers/*/unpause", "POST containers/*/update",
            "POST containers/*/wait", "GET exec/*/json", "POST exec/*/resize", "POST exec/*/start",

            "GET images/json", "GET images/search", "GET images/get", "POST images/create", "POST images/load", "POST images/prune",
            "GET images/**/get", "GET images/**/history", "GET images/**/json", "POST images/**/push", "POST images/**/tag",
            "DELETE images/**",

            "GET networks", "POST networks/create", "POST networks/prune", "GET networks/*", "DELETE networks/*",
            "POST networks/*/connect", "POST networks/*/disconnect",

            "GET volumes", "POST volumes/create", "POST volumes/prune", "GET volumes/*", "PUT volumes/*", "DELETE volumes/*",

            "GET plugins", "GET plugins/privileges", "POST plugins/create", "POST plugins/pull", "GET plugins/**/json",
            "POST plugins/**/disable", "POST plugins/**/enable", "POST plugins/**/push", "POST plugins/**/set",
            "POST plugins/**/upgrade", "DELETE plugins/**",

            "GET swarm", "POST swarm/init", "POST swarm/join", "POST swarm/leave", "POST swarm/unlock", "GET swarm/unlockkey",
            "POST swarm/update", "GET nodes", "GET nodes/*", "DELETE nodes/*", "POST nodes/*/update", "GET tasks", "GET tasks/*",
            "GET tasks/*/logs", "GET services", "POST services/create", "GET services/*", "DELETE services/*", "GET services/*/logs",
            "POST services/*/update", "GET secrets", "POST secrets/create", "GET secrets/*", "DELETE secrets/*",
            "POST secrets/*/update", "GET configs", "POST configs/create", "GET configs/*", "DELETE configs/*", "POST configs/*/update",
        }
        .Select(line => line.Split(' '))
        .Select(words => (words[0], words[1].Split('/'))),
    ];

    /// <summary>Whether the Engine's API has a request.</summary>
    /// <param name="method">The method in upper case.</param>
    /// <param name="path">The path without the prefix of a version, such as <c>/containers/web/logs</c>.</param>
    public static bool Has(string method, string path)
    {
        string[] segments = path.Trim('/').Split('/');
        return Requests.Any(request => request.Method == method && Matches(request.Segments, segments));
    }

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty || path.IsEmpty)
        {
            return pattern.IsEmpty && path.IsEmpty;
        }

        // No pattern has more than one "**", so it takes what the segments behind it leave.
        return pattern[0] switch
        {
            "**" => path.Length >= pattern.Length && Matches(pattern[1..], path[(path.Length - pattern.Length + 1)..]),
            "*" => path[0].Length > 0 && Matches(pattern[1..], path[1..]),
            var word => word == path[0] && Matches(pattern[1..], path[1..]),
        };
    }
}
