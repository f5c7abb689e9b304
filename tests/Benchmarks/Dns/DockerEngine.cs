using System.ComponentModel;
using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>Docker's own engine in the town's host, with one container on a network that it made itself: its resolver, to compare. Ends
/// with the town.</summary>
internal sealed class DockerEngine : IDisposable
{
    private const string ControlGroups = "/sys/fs/cgroup";
    private const string OwnGroup = "netctl-benchmark";

    private readonly string[] _hierarchies;
    private readonly string _socket;
    private readonly Process _engine;
    private readonly string _container;

    private DockerEngine(DnsTown town)
    {
        string root = Directory.CreateDirectory(town.PathOf("docker")).FullName;
        _socket = $"unix://{root}/docker.sock";
        _hierarchies = MountControlGroups();
        Process runtime = town.Start(
            "containerd", "--log-level", "fatal", "--root", $"{root}/runtime", "--state", $"{root}/state", "--address",
            $"{root}/containerd.sock");
        WaitUntil(() => File.Exists($"{root}/containerd.sock"), runtime);
        string[] places =
        [
            "--data-root", $"{root}/data", "--exec-root", $"{root}/exec", "--pidfile", $"{root}/pid", "--containerd",
            $"{root}/containerd.sock",
        ];
        _engine = town.Start(
            "dockerd",
            ["--log-level", "fatal", "--host", _socket, "--storage-driver", "vfs", "--cgroup-parent", $"/{OwnGroup}", .. places]);
        WaitUntil(() => Command.TryRun("docker", "--host", _socket, "version").ExitCode == 0, _engine);

        // The image is one program, which needs no other file.
        string image = Directory.CreateDirectory($"{root}/image").FullName;
        DnsTown.Compile("responder.c", $"{image}/responder", "-static");
        Command.Run("tar", "-C", image, "-cf", $"{root}/image.tar", ".");
        Docker("import", $"{root}/image.tar", "responder");
        Docker("network", "create", "front");
        _container =
            Docker("run", "--detach", "--name", DnsTown.Container, "--network", "front", "responder", "/responder", "127.0.0.1", "5300");
        Space = $"/proc/{Docker("inspect", "--format", "{{.State.Pid}}", _container)}/ns/net";
    }

    /// <summary>The network namespace of its container, which has the name of the town's.</summary>
    public string Space { get; }

    /// <summary>The process that answers.</summary>
    public int Process => _engine.Id;

    /// <summary>Its version, to say with what it measured.</summary>
    public string Version => Docker("version", "--format", "{{.Server.Version}}");

    /// <summary>Starts it.</summary>
    /// <returns>Null: it is not installed.</returns>
    public static DockerEngine? TryStart(DnsTown town)
    {
        try
        {
            Command.Run("dockerd", "--version");
            Command.Run("containerd", "--version");
        }
        catch (Win32Exception)
        {
            return null;
        }

        return new DockerEngine(town);
    }

    /// <summary>Removes the container, whose processes are no children of the town's, and its control groups, which are the
    /// machine's.</summary>
    public void Dispose()
    {
        Docker("rm", "--force", _container);
        foreach (string group in _hierarchies.Select(static hierarchy => Path.Combine(hierarchy, OwnGroup)).Where(Directory.Exists))
        {
            Directory.Delete(group);
        }
    }

    // The town's own /sys has none, and no container runs without; the machine's own are mounted there as they are outside.
    private static string[] MountControlGroups()
    {
        string[][] mounts =
        [
            .. File.ReadLines("/proc/1/mounts")
            .Select(static line => line.Split(' '))
            .Where(static fields => fields[2] is "cgroup" or "cgroup2"),
        ];
        if (mounts.Any(static fields => fields[1] != ControlGroups))
        {
            Command.Run("mount", "-t", "tmpfs", "none", ControlGroups);
        }

        foreach (string[] fields in mounts)
        {
            Directory.CreateDirectory(fields[1]);
            Command.Run("mount", "-t", fields[2], "-o", fields[3], "none", fields[1]);
        }

        return [.. mounts.Select(static fields => fields[1])];
    }

    private static void WaitUntil(Func<bool> condition, Process process)
    {
        while (!condition())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} has ended with {process.ExitCode}");
            }

            Thread.Yield();
        }
    }

    private string Docker(params string[] words) => Command.Run("docker", ["--host", _socket, .. words]).Trim();
}
