using System.Collections.Frozen;

namespace Net.Cli.CommandLines;

/// <summary>Commands and flags of Docker's that netctl has nothing for, so that who types them is told why and not only that. A flag has a
/// reason at those commands alone where Docker has it, too.</summary>
internal static class NotServed
{
    private const string Images = "netctl has no images: a container runs a program of the host";
    private const string Volumes = "netctl has no volumes: a container sees the files of the host";
    private const string Limits = "netctl has no limits of memory, processors and the like: a container may use what the host has";
    private const string Rights = "netctl confines nothing but the network: a container has the rights and devices of its user on the host";
    private const string Swarm = "netctl has no swarm: its networks and containers are those of one host";
    private const string Plugins = "netctl does not install plug-ins: it finds those that run by their sockets, see netctl-daemon(8)";
    private const string Contexts = "netctl has no contexts: -H or the variable NETCTL_HOST names the daemon";

    private static readonly FrozenDictionary<string, string> Commands = Reasons(
        (Images, "build builder buildx commit history image images import load login logout manifest pull push save search tag trust"),
        ("a container of netctl has no files of its own: copy those of the host", "cp diff export"),
        (Volumes, "volume"),
        (Swarm, "config node secret service stack swarm"),
        (Plugins, "plugin"),
        (Contexts, "context"));

    private static readonly FrozenDictionary<string, string> UpdateFlags = Reasons(
        (Limits,
            "--blkio-weight --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares -c --cpus --cpuset-cpus --cpuset-mems "
                + "--memory -m --memory-reservation --memory-swap --pids-limit"));

    private static readonly FrozenDictionary<string, string> RunFlags = UpdateFlags.Concat(Reasons(
        (Images, "--disable-content-trust --entrypoint --platform --pull"),
        (Volumes, "--mount --read-only --storage-opt --tmpfs --volume -v --volume-driver --volumes-from"),
        (Limits,
            "--cgroup-parent --device-read-bps --device-read-iops --device-write-bps --device-write-iops --memory-swappiness "
                + "--oom-kill-disable --oom-score-adj --shm-size --ulimit"),
        (Rights, "--cap-add --cap-drop --device --device-cgroup-rule --gpus --group-add --privileged --security-opt --userns")))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Flags =
        new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["run"] = RunFlags,
            ["create"] = RunFlags,
            ["update"] = UpdateFlags,
            ["exec"] = Reasons((Rights, "--privileged")),
            ["compose up"] = Reasons((Images, "--build --no-build --pull"), (Volumes, "--renew-anon-volumes -V")),
            ["compose down"] = Reasons((Images, "--rmi")),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The reason to put behind "unknown command: netctl WORD"; empty where Docker has no such command either.</summary>
    public static string Command(string word) => Behind(Commands, word);

    /// <summary>The reason to put behind "unknown flag: --NAME"; empty where Docker's command has no such flag either.</summary>
    /// <param name="command">The command's path, such as <c>netctl container run</c>.</param>
    /// <param name="name">The flag with its dashes.</param>
    public static string Flag(string command, string name)
    {
        string verb = command.Replace("netctl ", "", StringComparison.Ordinal).Replace("container ", "", StringComparison.Ordinal);
        return Flags.TryGetValue(verb, out FrozenDictionary<string, string>? flags) ? Behind(flags, name) : "";
    }

    private static string Behind(FrozenDictionary<string, string> reasons, string word) =>
        reasons.TryGetValue(word, out string? reason) ? $"; {reason}" : "";

    private static FrozenDictionary<string, string> Reasons(params (string Reason, string Words)[] lines) => lines
        .SelectMany(line => line.Words.Split(' ').Select(word => (word, line.Reason)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Reason, StringComparer.Ordinal);
}
