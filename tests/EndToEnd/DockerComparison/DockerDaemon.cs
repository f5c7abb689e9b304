using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Debian's dockerd on a throw-away host, with one image, <c>box</c>, that has the same programs as the host.</summary>
/// <remarks>Everything that dockerd, its containerd and their shims write is below the host's root, on file systems that only the host's
/// mount namespace has, or in a group of processes (cgroups(7)) that is removed at the end.</remarks>
internal sealed class DockerDaemon : IDisposable
{
    /// <summary>The daemon's program. Another build of Docker may stand first in PATH.</summary>
    public const string Program = "/usr/sbin/dockerd";

    /// <summary>The image's name.</summary>
    public const string Image = "box";

    private const string Client = "/usr/bin/docker";

    // The host's /run and /opt are hidden: dockerd and containerd write there whatever folders they are given.
    private const string Mount =
        """
        mkdir -p "$ROOT/netns"
        mount --move /run/netns "$ROOT/netns"
        mount -t tmpfs tmpfs /run
        mkdir /run/netns
        mount --move "$ROOT/netns" /run/netns
        [ ! -d /opt ] || mount -t tmpfs tmpfs /opt
        """;

    private const string Prepare =
        """
        mkdir -p /etc/docker "$ROOT/image/etc" "$ROOT/image/tmp"
        echo root:x:0:0:root:/root:/bin/sh >"$ROOT/image/etc/passwd"
        programs="/bin/sh /bin/cat /bin/sleep /bin/hostname /bin/true /bin/false /usr/bin/env"
        for program in $programs $(command -v ip) $(command -v busybox); do
          for file in "$program" $(ldd "$program" | grep -o '/[^ ]*'); do
            mkdir -p "$ROOT/image$(dirname "$file")"
            cp -L "$file" "$ROOT/image$file"
          done
        done
        """;

    private readonly TestHost _host;
    private readonly string[] _arguments;
    private Process _daemon;

    private DockerDaemon(TestHost host, string[] arguments)
    {
        _host = host;
        _arguments = arguments;
        _daemon = Launch();
    }

    private string Group => Path.GetFileName(_host.Root);

    private string FindGroup => $"find /sys/fs/cgroup -type d -path '*/{Group}*'";

    private string Log => Path.Combine(_host.Root, "dockerd.log") is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>Starts it and makes the image. The host must have an /etc of its own.</summary>
    /// <param name="host">The host.</param>
    /// <param name="arguments">More arguments of dockerd, now and whenever it is started again.</param>
    public static DockerDaemon Start(TestHost host, params string[] arguments)
    {
        MakePlace(host);
        return StartInPlace(host, arguments);
    }

    /// <summary>Makes the file systems that only the host has. Whoever has sockets below /run starts after this.</summary>
    public static void MakePlace(TestHost host) => host.Shell($"ROOT={host.Root}\n{Mount}\n{Prepare}");

    /// <summary>The same as <see cref="Start"/> on a host where <see cref="MakePlace"/> was called.</summary>
    public static DockerDaemon StartInPlace(TestHost host, params string[] arguments)
    {
        string root = host.Root;
        var daemon = new DockerDaemon(host, arguments);
        try
        {
            daemon.Await();
            host.Shell($"tar -C {root}/image -c . | {Client} -H unix://{root}/docker.sock import - {Image}");
            return daemon;
        }
        catch
        {
            daemon.Dispose();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="Stop"/>, <see cref="Kill"/> or <see cref="Reboot"/>, without waiting for it.</summary>
    public void Begin()
    {
        _daemon.Dispose();
        _daemon = Launch();
    }

    /// <summary>Waits until it answers.</summary>
    public void Await() => TestHost.Eventually("dockerd answers", () =>
    {
        Assert.False(_daemon.HasExited, $"dockerd ended: {Log}");
        return Docker("version").ExitCode == 0;
    });

    /// <summary>Ends it by SIGTERM, as a service manager does. Its containers end too, unless it keeps them alive.</summary>
    public void Stop()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_daemon.Id}"]);
        kill.WaitForExit();
        Assert.True(_daemon.WaitForExit(30_000), "dockerd does not end on SIGTERM");
    }

    /// <summary>Ends it by SIGKILL, as a crash would; its containers go on.</summary>
    public void Kill()
    {
        _daemon.Kill();
        _daemon.WaitForExit();

        // Its containerd ends with it, a moment later. The number of that process may be a zombie's for some more time, which the next
        // dockerd would take for a containerd that runs.
        TestHost.Eventually("containerd is away", () => !_host.Processes().Any(id => ProcessFile.Read(id, "comm") == "containerd\n"));
        File.Delete(Path.Combine(_host.Root, "exec", "containerd", "containerd.pid"));
    }

    /// <summary>Has the machine start anew, as after a loss of power (<see cref="TestHost.Reboot"/>), with all containers; dockerd is not
    /// started.</summary>
    public void Reboot()
    {
        Kill();
        KillContainers();
        _host.Reboot();
        Directory.Delete(Path.Combine(_host.Root, "exec"), recursive: true);
        File.Delete(Path.Combine(_host.Root, "dockerd.pid"));
        _host.OwnEtc();
        _host.Shell($"ROOT={_host.Root}\n{Mount}");
    }

    private Process Launch()
    {
        string root = _host.Root;
        return _host.Start("sh", "-c",
            $"exec {Program} --data-root {root}/data --exec-root {root}/exec --pidfile {root}/dockerd.pid -H unix://{root}/docker.sock " +
            $"--storage-driver vfs --userland-proxy=false --exec-opt native.cgroupdriver=cgroupfs " +
            $"--cgroup-parent /{Group} {string.Join(' ', _arguments)} >>{root}/dockerd.log 2>&1");
    }

    // The shims too: they end only when they have told a containerd of their containers' end.
    private void KillContainers()
    {
        _host.Shell(
            $"""
            for file in $(find /sys/fs/cgroup -path '*/{Group}*' -name cgroup.procs); do
              for process in $(cat "$file"); do kill -KILL "$process" || true; done
            done
            """);
        foreach (int shim in _host.Processes().Where(IsDockers))
        {
            Process.Start("kill", ["-KILL", $"{shim}"]).WaitForExit();
        }
    }

    // Whether a process is dockerd, containerd or a shim of it; false for one that has ended.
    private static bool IsDockers(int id)
    {
        string name = ProcessFile.Read(id, "comm");
        return name.StartsWith("docker", StringComparison.Ordinal) || name.StartsWith("containerd", StringComparison.Ordinal);
    }

    /// <summary>Runs Docker's client.</summary>
    public Output Docker(params string[] arguments) => _host.Run(Client, ClientArguments(arguments));

    /// <summary>Starts Docker's client, with pipes for its streams.</summary>
    public Process StartClient(params string[] arguments) => _host.Start(Client, ClientArguments(arguments));

    private string[] ClientArguments(string[] arguments) =>
        ["--config", Path.Combine(_host.Root, "client"), "-H", $"unix://{_host.Root}/docker.sock", .. arguments];

    /// <summary>Ends the daemon with its containers, and waits until all its processes are away.</summary>
    public void Dispose()
    {
        if (!_daemon.HasExited)
        {
            string[] containers = Docker("ps", "-aq").StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (containers.Length > 0)
            {
                Docker(["rm", "-f", .. containers]);
            }

            using Process kill = Process.Start("kill", ["-TERM", $"{_daemon.Id}"]);
            kill.WaitForExit();
        }

        bool ended = _daemon.WaitForExit(30_000);
        KillContainers(); // also one of which a dockerd that was killed while it started it has not told the next
        TestHost.Eventually("dockerd, containerd and the shims are away", () => !ended || !_host.Processes().Any(IsDockers));
        _daemon.Dispose();
        TestHost.Eventually(
            "the group of processes is away",
            () => _host.Shell($"{FindGroup} -depth -exec rmdir {{}} + 2>&1 || true\n{FindGroup}") == "");
        Assert.True(ended, "dockerd does not end on SIGTERM");
    }
}
