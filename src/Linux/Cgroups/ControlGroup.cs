using Net.Linux.Mounts;

namespace Net.Linux.Cgroups;

/// <summary>A control group of the unified hierarchy, cgroup v2. The group need not exist.</summary>
/// <remarks>Source: cgroups(7) and the kernel's Documentation/admin-guide/cgroup-v2.rst. The methods that change the group throw
/// IOException or UnauthorizedAccessException when the kernel refuses, such as on a read-only mount.</remarks>
public sealed class ControlGroup
{
    private const string FileSystem = "cgroup2";
    private const string UnifiedPrefix = "0::";

    private readonly string _directory;

    private ControlGroup(string directory) => _directory = directory;

    /// <summary>The directory of the group: its path below the mount of the hierarchy that this process sees.</summary>
    public string Directory => _directory;

    /// <summary>Whether the group exists.</summary>
    public bool Exists => System.IO.Directory.Exists(_directory);

    /// <summary>The processes in the group, in this process's PID namespace; those of groups below it are not included. Empty when the
    /// group does not exist.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            try
            {
                return [.. File.ReadAllLines(FileOf("cgroup.procs")).Select(int.Parse).Where(static id => id > 0)];
            }
            catch (IOException)
            {
                return [];
            }
        }
    }

    /// <summary>Whether every process of the group has stopped running because the group is frozen.</summary>
    public bool IsFrozen => File.ReadAllLines(FileOf("cgroup.events")).Contains("frozen 1");

    /// <summary>The group of a process.</summary>
    /// <returns>Null when the process has ended, when no unified hierarchy is mounted, and when the group is outside of what is
    /// mounted.</returns>
    public static ControlGroup? Of(int processId)
    {
        if (PathOf(processId) is not { } path)
        {
            return null;
        }

        foreach (MountEntry mount in MountEntry.ReadAll().Where(static mount => mount.Type == FileSystem))
        {
            string root = mount.Root.TrimEnd('/');
            if (path == mount.Root || path.StartsWith(root + '/', StringComparison.Ordinal))
            {
                return new ControlGroup(mount.Target.TrimEnd('/') + path[root.Length..].TrimEnd('/'));
            }
        }

        return null;
    }

    /// <summary>The group with this directory.</summary>
    public static ControlGroup At(string directory) => new(directory);

    /// <summary>The group's place in the hierarchy as /proc/PID/cgroup shows it, for comparing; null when the process has ended or the
    /// kernel has no unified hierarchy.</summary>
    public static string? PathOf(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/cgroup")
                .FirstOrDefault(static line => line.StartsWith(UnifiedPrefix, StringComparison.Ordinal))?[UnifiedPrefix.Length..];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The group of this name directly below this one.</summary>
    public ControlGroup Child(string name) => new($"{_directory}/{name}");

    /// <summary>The group that this one is directly below.</summary>
    public ControlGroup Parent() => new(_directory[.._directory.LastIndexOf('/')]);

    /// <summary>Makes the group, unless it exists.</summary>
    public void Create() => System.IO.Directory.CreateDirectory(_directory);

    /// <summary>Removes the group, unless a process is in it or it is gone.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool TryRemove()
    {
        try
        {
            // The files in it are the kernel's; rmdir(2) takes them away with the group.
            System.IO.Directory.Delete(_directory);
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return true;
    }

    /// <summary>Moves a process with all its threads into the group. Nothing happens when it has ended.</summary>
    public void Add(int processId)
    {
        try
        {
            Write("cgroup.procs", $"{processId}");
        }
        catch (IOException) when (Exists && PathOf(processId) is null)
        {
            // It has ended meanwhile: ESRCH.
        }
    }

    /// <summary>Has the kernel stop the processes of the group, those that are added later too. Returns before they have all
    /// stopped.</summary>
    public void Freeze() => Write("cgroup.freeze", "1");

    /// <summary>Lets the processes of the group run again.</summary>
    public void Thaw() => Write("cgroup.freeze", "0");

    private void Write(string file, string text)
    {
        using var stream = new FileStream(FileOf(file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private string FileOf(string name) => $"{_directory}/{name}";
}
