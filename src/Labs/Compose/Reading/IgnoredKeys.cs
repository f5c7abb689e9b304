namespace Net.Labs.Compose.Reading;

/// <summary>The keys of the Compose specification that have no meaning here: about images, volumes, building, and the limits and rights of
/// containers.</summary>
internal static class IgnoredKeys
{
    /// <summary>Keys of a service.</summary>
    public static IReadOnlySet<string> OfService { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup", "cgroup_parent", "configs", "cpu_count",
        "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset", "credential_spec",
        "develop", "device_cgroup_rules", "devices", "gpus", "group_add", "image", "init", "ipc", "isolation", "label_file", "mem_limit",
        "mem_reservation", "mem_swappiness", "memswap_limit", "models", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit",
        "platform", "post_start", "pre_stop", "privileged", "provider", "pull_policy", "pull_refresh_after", "read_only", "runtime",
        "secrets", "security_opt", "shm_size", "storage_opt", "tmpfs", "ulimits", "use_api_socket", "userns_mode", "uts", "volumes",
        "volumes_from",
    };

    /// <summary>Keys of the file itself.</summary>
    public static IReadOnlySet<string> OfFile { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "configs", "models", "secrets", "version", "volumes",
    };

    /// <summary>Keys of <c>deploy</c>.</summary>
    public static IReadOnlySet<string> OfDeploy { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "endpoint_mode", "labels", "mode", "placement", "resources", "rollback_config", "update_config",
    };
}
