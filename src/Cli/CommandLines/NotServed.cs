namespace Net.Cli.CommandLines;

/// <summary>Commands and flags of Docker's that netctl has nothing for, so that who types them is told why and not only that.</summary>
internal static class NotServed
{
    private const string Why = "; netctl has no images, volumes or resource limits, see docs/coming-from-docker.md";

    private static readonly HashSet<string> Commands = new(StringComparer.Ordinal)
    {
        "build", "builder", "buildx", "commit", "config", "context", "cp", "diff", "export", "history", "image", "images", "import", "load",
        "login", "logout", "manifest", "node", "plugin", "pull", "push", "save", "search", "secret", "service", "stack", "swarm", "tag",
        "trust", "volume",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "--cap-add", "--cap-drop", "--cpu-shares", "--cpus", "--cpuset-cpus", "--device", "--entrypoint", "--gpus", "--memory",
        "--memory-swap", "--mount", "--pids-limit", "--platform", "--privileged", "--pull", "--read-only", "--security-opt", "--shm-size",
        "--tmpfs", "--ulimit", "--volume", "--volumes-from", "-m", "-v",
    };

    /// <summary>The reason to put behind "unknown command: netctl WORD"; empty where Docker has no such command either.</summary>
    public static string Command(string word) => Commands.Contains(word) ? Why : "";

    /// <summary>The reason to put behind "unknown flag: --NAME"; empty where Docker has no such flag either.</summary>
    public static string Flag(string name) => Flags.Contains(name) ? Why : "";
}
