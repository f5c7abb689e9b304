namespace Net.Api;

/// <summary>The paths, queries and headers of the API. Each path may also be requested with the prefix <c>/v1.NN</c>.</summary>
/// <remarks>Names in braces are placeholders in the syntax of ASP.NET Core routes; <c>{id}</c> is a name, an id or a unique id
/// prefix.</remarks>
public static class ApiPaths
{
    /// <summary>The newest supported version of Docker's API.</summary>
    public const string ApiVersion = "1.51";

    /// <summary>The oldest supported version of Docker's API.</summary>
    public const string MinimumApiVersion = "1.24";

    /// <summary>Header of every answer that carries <see cref="ApiVersion"/>.</summary>
    public const string ApiVersionHeader = "Api-Version";

    /// <summary>The default socket of the daemon.</summary>
    public const string DefaultSocket = "/run/netctl/netctl.sock";

    /// <summary>Scheme of the daemon's address: <c>unix:///run/netctl/netctl.sock</c>.</summary>
    public const string UnixScheme = "unix://";

    /// <summary>The value of the <c>Upgrade</c> header that asks for frames in both directions after status 101.</summary>
    public const string StreamProtocol = "netctl-stream";

    /// <summary>Docker's media type of the bytes of a terminal, and before version 1.42 of its API also of frames.</summary>
    public const string RawStreamMediaType = "application/vnd.docker.raw-stream";

    /// <summary>Docker's media type of frames of standard output and standard error.</summary>
    public const string MultiplexedStreamMediaType = "application/vnd.docker.multiplexed-stream";

    /// <summary>The media type of a stream of frames in one direction (logs).</summary>
    public const string FramesMediaType = "application/vnd.netctl.frames";

    /// <summary>The media type of JSON documents, one a line.</summary>
    public const string LinesMediaType = "application/x-ndjson";

    /// <summary>Query <c>dryRun=1</c> of a change: the answer is a DryRunResponse with status 200, and nothing is changed.</summary>
    public const string DryRunQuery = "dryRun";

    /// <summary>Query <c>force=1</c> of a removal.</summary>
    public const string ForceQuery = "force";

    /// <summary>Query <c>link=1</c> of the removal of a container: the link of this name is removed, not the container.</summary>
    public const string LinkQuery = "link";

    /// <summary>Query <c>t=SECONDS</c> of a stop or a restart: how long to wait before SIGKILL.</summary>
    public const string TimeoutQuery = "t";

    /// <summary>Query <c>signal=NAME</c> or a number, of a kill, a stop or a restart.</summary>
    public const string SignalQuery = "signal";

    /// <summary>The query of a wait that says what is waited for: not-running, next-exit or removed; not-running when absent.</summary>
    public const string ConditionQuery = "condition";

    /// <summary>Query <c>logs=1</c> of an attach: begin at the first byte that the command wrote.</summary>
    public const string LogsQuery = "logs";

    /// <summary>Query <c>stdin=1</c> of Docker's attach: what the client sends is the command's input.</summary>
    public const string InputQuery = "stdin";

    /// <summary>Query <c>detachKeys=KEYS</c> of Docker's attach: the keys by which the client leaves a command with a terminal.</summary>
    public const string DetachKeysQuery = "detachKeys";

    /// <summary>Query <c>h=ROWS</c> of a resize.</summary>
    public const string HeightQuery = "h";

    /// <summary>Query <c>w=COLUMNS</c> of a resize.</summary>
    public const string WidthQuery = "w";

    /// <summary>Query <c>follow=1</c> of logs: continue until the command exits.</summary>
    public const string FollowQuery = "follow";

    /// <summary>Query <c>tail=N</c> of logs: the last N lines, or <c>all</c>.</summary>
    public const string TailQuery = "tail";

    /// <summary>Query <c>since=TIME</c> of logs: seconds since 1970 with a fraction, or another form of a moment.</summary>
    public const string SinceQuery = "since";

    /// <summary>Query <c>until=TIME</c> of logs, as <see cref="SinceQuery"/>.</summary>
    public const string UntilQuery = "until";

    /// <summary>Query <c>timestamps=1</c> of logs: the time stands before each line.</summary>
    public const string TimestampsQuery = "timestamps";

    /// <summary>The query that asks for what a line of a log has been labelled with: 1.</summary>
    public const string DetailsQuery = "details";

    /// <summary>Query <c>stdout=1</c> of logs or an attach: standard output.</summary>
    public const string OutputQuery = "stdout";

    /// <summary>Query <c>stderr=1</c> of logs or an attach: standard error.</summary>
    public const string ErrorQuery = "stderr";

    /// <summary>Query <c>all=1</c> of the container list: also containers that do not run.</summary>
    public const string AllQuery = "all";

    /// <summary>Query <c>limit=N</c> of the container list: the N newest containers, whether they run or not.</summary>
    public const string LimitQuery = "limit";

    /// <summary>The query that asks for the size of a container's files: 1.</summary>
    public const string SizeQuery = "size";

    /// <summary>Query <c>verbose=true</c> of one network: also the traffic of its published ports.</summary>
    public const string VerboseQuery = "verbose";

    /// <summary>Query <c>scope=SCOPE</c> of one network: only if it has this scope; all have <c>local</c>.</summary>
    public const string ScopeQuery = "scope";

    /// <summary>Query <c>container=ID</c> of the resolver's paths: for one container only.</summary>
    public const string ContainerQuery = "container";

    /// <summary>Query <c>name=NAME</c> of a resolver query or of the renaming of a container.</summary>
    public const string NameQuery = "name";

    /// <summary>Query <c>type=TYPE</c> of a resolver query: <c>A</c>, <c>TYPE65280</c>.</summary>
    public const string TypeQuery = "type";

    /// <summary>Query <c>ps_args=ARGUMENTS</c> of the processes of a container: which columns.</summary>
    public const string ProcessArgumentsQuery = "ps_args";

    /// <summary>Query <c>stream=false</c> of the usage of a container: answer once, after a second in which it is measured. Query
    /// <c>stream=1</c> of Docker's attach: go on with what the command writes.</summary>
    public const string StreamQuery = "stream";

    /// <summary>Query <c>one-shot=true</c> of the usage of a container, with <c>stream=false</c>: answer at once.</summary>
    public const string OneShotQuery = "one-shot";

    /// <summary>Query <c>filters=JSON</c> of a list, as Docker's.</summary>
    public const string FiltersQuery = "filters";

    /// <summary>GET: <c>OK</c>.</summary>
    public const string Ping = "/_ping";

    /// <summary>GET: VersionResponse.</summary>
    public const string Version = "/version";

    /// <summary>GET: SystemInfo.</summary>
    public const string Info = "/info";

    /// <summary>GET: list of NetworkResource.</summary>
    public const string Networks = "/networks";

    /// <summary>GET: NetworkResource; DELETE: 204.</summary>
    public const string Network = "/networks/{id}";

    /// <summary>POST NetworkCreateRequest: 201, NetworkCreateResponse.</summary>
    public const string NetworkCreate = "/networks/create";

    /// <summary>POST NetworkConnectRequest: 200.</summary>
    public const string NetworkConnect = "/networks/{id}/connect";

    /// <summary>POST NetworkDisconnectRequest: 200.</summary>
    public const string NetworkDisconnect = "/networks/{id}/disconnect";

    /// <summary>POST, with filters: 200, NetworkPruneResponse.</summary>
    public const string NetworkPrune = "/networks/prune";

    /// <summary>GET: list of ContainerSummary.</summary>
    public const string Containers = "/containers/json";

    /// <summary>GET: ContainerDetails.</summary>
    public const string ContainerInspect = "/containers/{id}/json";

    /// <summary>POST ContainerCreateRequest: 201, ContainerCreateResponse.</summary>
    public const string ContainerCreate = "/netctl/containers/create";

    /// <summary>POST, with filters: 200, ContainerPruneResponse.</summary>
    public const string ContainerPrune = "/containers/prune";

    /// <summary>DELETE: 204. With <c>link=1</c> the id is the name of a link, <c>CONTAINER/ALIAS</c>.</summary>
    public const string Container = "/containers/{id}";

    /// <summary>DELETE: as <see cref="Container"/>, for the name of a link whose slash is not escaped, as Docker's client writes
    /// it.</summary>
    public const string ContainerLink = "/containers/{id}/{alias}";

    /// <summary>POST: 204, 304 when it runs already.</summary>
    public const string ContainerStart = "/containers/{id}/start";

    /// <summary>POST with an upgrade: 101 and frames from the first byte on that the command writes; 304 when it runs already.</summary>
    public const string ContainerStartFrames = "/netctl/containers/{id}/start";

    /// <summary>POST: 204, 304 when it does not run.</summary>
    public const string ContainerStop = "/containers/{id}/stop";

    /// <summary>POST, with a signal: 204, 409 when it does not run.</summary>
    public const string ContainerKill = "/containers/{id}/kill";

    /// <summary>POST, with a time and a signal: 204.</summary>
    public const string ContainerRestart = "/containers/{id}/restart";

    /// <summary>POST ContainerUpdateRequest: 200, ContainerUpdateResponse.</summary>
    public const string ContainerUpdate = "/containers/{id}/update";

    /// <summary>POST: 204, 409 when it does not run or is paused.</summary>
    public const string ContainerPause = "/containers/{id}/pause";

    /// <summary>POST: 204, 409 when it is not paused.</summary>
    public const string ContainerUnpause = "/containers/{id}/unpause";

    /// <summary>GET, with arguments of ps: ContainerTop.</summary>
    public const string ContainerTop = "/containers/{id}/top";

    /// <summary>GET: a ContainerStats each second, one a line; with <c>stream=false</c> one alone.</summary>
    public const string ContainerStats = "/containers/{id}/stats";

    /// <summary>POST, with a name: 204, 409 when another container has it.</summary>
    public const string ContainerRename = "/containers/{id}/rename";

    /// <summary>POST PublishRequest: 200, PublishResponse.</summary>
    public const string ContainerPublish = "/netctl/containers/{id}/publish";

    /// <summary>POST PublishRequest: 204.</summary>
    public const string ContainerUnpublish = "/netctl/containers/{id}/unpublish";

    /// <summary>POST: 200 at once, and WaitResponse when the container does not run, or what the query condition names has
    /// happened.</summary>
    public const string ContainerWait = "/containers/{id}/wait";

    /// <summary>GET, with Docker's queries: 200 and Docker's raw or multiplexed stream.</summary>
    public const string ContainerLogs = "/containers/{id}/logs";

    /// <summary>GET, with Docker's queries: 200, frames of kind 1 and 2, also for a command with a terminal.</summary>
    public const string ContainerLogFrames = "/netctl/containers/{id}/logs";

    /// <summary>POST, with Docker's queries: 101, or 200 without an upgrade, and Docker's raw or multiplexed stream in both
    /// directions.</summary>
    public const string ContainerAttach = "/containers/{id}/attach";

    /// <summary>POST with an upgrade: 101 and frames; with <c>logs=1</c> what the command has written up to now comes first.</summary>
    public const string ContainerAttachFrames = "/netctl/containers/{id}/attach";

    /// <summary>POST, with a height and a width: 200, 409 when it does not run.</summary>
    public const string ContainerResize = "/containers/{id}/resize";

    /// <summary>POST ExecCreateRequest: 201, ExecCreateResponse.</summary>
    public const string ContainerExec = "/containers/{id}/exec";

    /// <summary>POST ExecStartRequest: 101, or 200 without an upgrade, and Docker's raw or multiplexed stream in both directions; detached:
    /// 200 once it runs.</summary>
    public const string ExecStart = "/exec/{id}/start";

    /// <summary>POST with an upgrade: 101 and frames; without: 204, and nobody is connected to the command's streams.</summary>
    public const string ExecStartFrames = "/netctl/exec/{id}/start";

    /// <summary>GET: ExecDetails.</summary>
    public const string ExecInspect = "/exec/{id}/json";

    /// <summary>POST, with a height and a width: 200.</summary>
    public const string ExecResize = "/exec/{id}/resize";

    /// <summary>POST: 204 when everything that the daemon has made is removed.</summary>
    public const string SystemReset = "/netctl/system/reset";

    /// <summary>GET: a file with the definitions of all networks and containers.</summary>
    public const string SystemBackup = "/netctl/system/backup";

    /// <summary>POST such a file: RestoreResponse when all is as it says.</summary>
    public const string SystemRestore = "/netctl/system/restore";

    /// <summary>POST: 204 when nothing is seen any more of what was removed so far, such as links, which the kernel deletes some time after
    /// the answer.</summary>
    public const string SystemSettle = "/netctl/system/settle";

    /// <summary>GET, with since, until and filters: 200, one EventMessage per line as things happen.</summary>
    public const string Events = "/events";

    /// <summary>GET: DiffResponse.</summary>
    public const string Diff = "/netctl/diff";

    /// <summary>POST: 200, MendResponse.</summary>
    public const string Mend = "/netctl/mend";

    /// <summary>GET: DnsQueryResponse.</summary>
    public const string DnsQuery = "/netctl/dns/query";

    /// <summary>GET: DnsStatsResponse.</summary>
    public const string DnsStats = "/netctl/dns/stats";

    /// <summary>GET: 200, one DnsLogLine per line as queries are answered.</summary>
    public const string DnsLog = "/netctl/dns/log";

    /// <summary>POST: 204.</summary>
    public const string DnsFlush = "/netctl/dns/flush";

    /// <summary>A path with query parameters added, their values escaped.</summary>
    /// <param name="path">A path, which may have query parameters already.</param>
    /// <param name="query">Names and values in the order in which they are added.</param>
    public static string With(string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        foreach ((string name, string value) in query)
        {
            char separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            path += $"{separator}{name}={Uri.EscapeDataString(value)}";
        }

        return path;
    }

    /// <summary>A path with its <c>{id}</c> replaced by an escaped id.</summary>
    /// <param name="template">One of the constants above.</param>
    /// <param name="id">A name or id as the user gave it.</param>
    /// <exception cref="FormatException">The id is empty or consists of dots, which cannot be part of a path. The message is for the
    /// user.</exception>
    public static string For(string template, string id) => id.Trim('.').Length > 0
        ? template.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal)
        : throw new FormatException($"invalid name or id \"{id}\": it has no letter or digit; names are [a-zA-Z0-9][a-zA-Z0-9_.-]{{0,62}}");
}
