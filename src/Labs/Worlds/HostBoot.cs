using System.Diagnostics;
using System.Globalization;
using Net.Labs.Programs;
using Net.Linux.Processes;

namespace Net.Labs.Worlds;

/// <summary>Boots a host of a lab: a process that is number 1 of namespaces of its own (network, mount, process IDs, name, IPC,
/// cgroup).</summary>
/// <remarks>
/// The host sees the machine's files. What is written below /etc, /var, /tmp, /root and /opt is the host's own and goes with it
/// (overlayfs), /run is empty, and folders in which daemons of the machine keep their state are hidden. All processes of the host end
/// with its process 1, and its namespaces and mounts with them, so that nothing is left however a lab ends; the cgroup alone has to be
/// removed.
/// </remarks>
internal static class HostBoot
{
    private const string Ready = "ready";

    // Runs on the machine: joins a cgroup, leaves the terminal's session, and enters new namespaces.
    private const string Enter =
        """
        cd /
        if [ -n "$GROUP" ]; then
          mkdir "$GROUP" && echo $$ >"$GROUP/cgroup.procs" || GROUP=
        fi
        export GROUP
        exec setsid unshare --net --mount --pid --uts --ipc --cgroup --fork --kill-child --propagation private -- sh -c "$BOOT"
        """;

    // Runs as process 1 of the host. The shell reaps what others leave to it while it waits. A new network namespace has the IPv4 settings
    // of the machine's first one (devinet_init_net in net/ipv4/devinet.c); the host begins with the kernel's, however the machine is set.
    private const string Boot =
        """
        set -e
        mount -t proc proc /proc
        mount -t sysfs sysfs /sys
        if [ -n "$GROUP" ]; then
          mount -t cgroup2 cgroup2 /sys/fs/cgroup
          mkdir /sys/fs/cgroup/processes
          echo 1 >/sys/fs/cgroup/processes/cgroup.procs
        fi
        mount -t tmpfs -o mode=755,size=1g tmpfs /run
        mkdir -m 700 /run/.host
        for folder in etc var tmp root opt; do
          [ -d /$folder ] || continue
          mkdir -p /run/.host/$folder/upper /run/.host/$folder/work
          chmod --reference=/$folder /run/.host/$folder/upper
          mount -t overlay -o lowerdir=/$folder,upperdir=/run/.host/$folder/upper,workdir=/run/.host/$folder/work overlay /$folder
        done
        for folder in /var/lib/netctl /var/lib/docker /var/lib/containerd; do
          mkdir -p $folder
          mount -t tmpfs -o mode=700 tmpfs $folder
        done
        rm -rf /etc/docker /etc/netctl /etc/resolv.conf
        mkdir -p /run/netns /run/lock
        printf '%s' "$NAMES" >/etc/hosts
        : >/etc/resolv.conf
        echo "$HOST" >/etc/hostname
        echo "$HOST" >/proc/sys/kernel/hostname
        echo 0 >/proc/sys/net/ipv4/ip_forward
        for setting in accept_local arp_filter arp_ignore log_martians promote_secondaries proxy_arp route_localnet rp_filter; do
          for conf in all default lo; do
            echo 0 >/proc/sys/net/ipv4/conf/$conf/$setting
          done
        done
        ip link set lo up
        echo ready
        exec >/dev/null 2>&1
        sleep infinity & wait
        """;

    /// <summary>Boots a host.</summary>
    /// <param name="world">The running lab.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="names">The content of its /etc/hosts.</param>
    /// <param name="environment">The environment of its process 1.</param>
    /// <param name="cancellationToken">Ends the wait; the host is ended too.</param>
    /// <returns>The process that is its process 1.</returns>
    /// <exception cref="FormatException">It cannot boot; the message has what the programs wrote.</exception>
    public static async Task<HostProcess> RunAsync(
        WorldState world,
        string host,
        string names,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        string? group = HostGroup.PathOf(world, host);
        using Process process = ProgramRun.Start("sh", ["-c", Enter], new Dictionary<string, string>(environment)
        {
            ["GROUP"] = group ?? "",
            ["BOOT"] = Boot,
            ["HOST"] = host,
            ["NAMES"] = names,
        });
        process.StandardInput.Close();
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            if (line == Ready && FirstChildOf(process.Id) is { } first)
            {
                HostGroup.Join(group, process.Id);
                return new HostProcess(host, first.Id, first.StartTicks, group);
            }

            process.Kill(entireProcessTree: true);
            string error = await process.StandardError.ReadToEndAsync(cancellationToken);
            throw new FormatException($"the host {host} cannot boot: {SentenceOf(line, error)}");
        }
        catch
        {
            process.Kill();
            await HostGroup.EndAsync(group);
            throw;
        }
    }

    private static string SentenceOf(string? line, string error) =>
        $"{line} {error}".Trim().ReplaceLineEndings("; ") is { Length: > 0 } said
            ? $"{said}; it needs root, and a kernel with namespaces and overlayfs"
            : "it has ended without a word";

    // unshare(1) forks: the process 1 of the new process IDs is its child.
    private static ProcessStatus? FirstChildOf(int processId) =>
        File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ') is [{ Length: > 0 } child, ..]
            ? ProcessStatus.Read(int.Parse(child, CultureInfo.InvariantCulture))
            : null;
}
