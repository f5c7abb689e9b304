using System.Globalization;

namespace Net.Labs.Worlds;

/// <summary>The cgroup of a host of a lab. It has all processes of the host, so that none outlives it.</summary>
/// <remarks>Processes are in its child <c>processes</c>: a group that gives controllers to its children has none itself (cgroups(7), "no
/// internal processes").</remarks>
internal static class HostGroup
{
    private const string Processes = "processes";
    private const string KillFile = "cgroup.kill"; // Linux 5.14
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // cgroup v2 alone, or beside the old one.
    private static readonly string[] Roots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];

    private static string? Root => Roots.FirstOrDefault(root => File.Exists($"{root}/cgroup.procs"));

    /// <summary>The path of a host's group; null where the machine has no cgroup v2.</summary>
    public static string? PathOf(WorldState world, string host) => Root is { } root ? $"{root}/{Prefix(world)}{host}" : null;

    /// <summary>The groups of a lab's hosts, also of one that nobody remembers.</summary>
    public static IReadOnlyList<string> Of(WorldState world) =>
        Root is { } root ? [.. Directory.EnumerateDirectories(root, $"{Prefix(world)}*")] : [];

    /// <summary>Takes a process to where the processes of a host are; no group, as where the machine has none, is no error.</summary>
    public static void Join(string? group, int processId)
    {
        if (group is not null && Directory.Exists(Path.Combine(group, Processes)))
        {
            File.WriteAllText(Path.Combine(group, Processes, "cgroup.procs"), processId.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Kills what is in a group and removes it. A group that is not there is no error.</summary>
    /// <exception cref="FormatException">It is still there after a while.</exception>
    public static async Task EndAsync(string? group)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (group is not null && Directory.Exists(group) && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            try
            {
                if (File.Exists(Path.Combine(group, KillFile)))
                {
                    File.WriteAllText(Path.Combine(group, KillFile), "1");
                }

                Remove(group);
            }
            catch (IOException)
            {
                await Task.Delay(Pause); // EBUSY: a process of it has not ended yet
            }
        }

        if (group is not null && Directory.Exists(group))
        {
            throw new FormatException(
                $"the control group {group} of a lab's host cannot be removed: look at its cgroup.procs, and stop the lab again");
        }
    }

    // Of a lab whose state cannot be read, all of its name are meant.
    private static string Prefix(WorldState world) =>
        world.Token.Length > 0 ? $"netlab.{world.Name}.{world.Token}." : $"netlab.{world.Name}.";

    private static void Remove(string group)
    {
        foreach (string child in Directory.EnumerateDirectories(group))
        {
            Remove(child);
        }

        Directory.Delete(group);
    }
}
