using System.Diagnostics;

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
    private const string Prepare =
        """
        mkdir "$ROOT/netns"
        mount --move /run/netns "$ROOT/netns"
        mount -t tmpfs tmpfs /run
        mkdir /run/netns
        mount --move "$ROOT/netns" /run/netns
        [ ! -d /opt ] || mount -t tmpfs tmpfs /opt
        mkdir -p /etc/docker "$ROOT/image/etc" "$ROOT/image/tmp"
        echo root:x:0:0:root:/root:/bin/sh >"$ROOT/image/etc/passwd"
        for program in /bin/sh /bin/cat /bin/sleep /bin/hostname /bin/true /bin/false /usr/bin/env "$(command -v ip)"; do
          for file in "$program" $(ldd "$program" | grep -o '/[^ ]*'); do
            mkdir -p "$ROOT/image$(dirname "$file")"
            cp -L "$file" "$ROOT/image$file"
          done
        done
        """;

    private readonly TestHost _host;
    private readonly Process _daemon;

    private DockerDaemon(TestHost host, Process daemon)
    {
        _host = host;
        _daemon = daemon;
    }

    private string Group => Path.GetFileName(_host.Root);

    private string FindGroup => $"find /sys/fs/cgroup -type d -path '*/{Group}*'";

    private string Log => Path.Combine(_host.Root, "dockerd.log") is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>Starts it and makes the image. The host must have an /etc of its own.</summary>
    public static DockerDaemon Start(TestHost host)
    {
        string root = host.Root;
        host.Shell($"ROOT={root}\n{Prepare}");
        var daemon = new DockerDaemon(host, host.Start("sh", "-c",
            $"exec {Program} --data-root {root}/data --exec-root {root}/exec --pidfile {root}/dockerd.pid -H unix://{root}/docker.sock " +
            $"--storage-driver vfs --userland-proxy=false --exec-opt native.cgroupdriver=cgroupfs " +
            $"--cgroup-parent /{Path.GetFileName(root)} >{root}/dockerd.log 2>&1"));
        try
        {
            TestHost.Eventually("dockerd answers", () =>
            {
                Assert.False(daemon._daemon.HasExited, $"dockerd ended: {daemon.Log}");
                return daemon.Docker("version").ExitCode == 0;
            });
            host.Shell($"tar -C {root}/image -c . | {Client} -H unix://{root}/docker.sock import - {Image}");
            return daemon;
        }
        catch
        {
            daemon.Dispose();
            throw;
        }
    }

    // Whether a process is dockerd, containerd or a shim of it; false for one that has ended.
    private static bool IsDockers(int id)
    {
        try
        {
            string name = File.ReadAllText($"/proc/{id}/comm");
            return name.StartsWith("docker", StringComparison.Ordinal) || name.StartsWith("containerd", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Runs Docker's client.</summary>
    public Output Docker(params string[] arguments) => _host.Run(
        Client, ["--config", Path.Combine(_host.Root, "client"), "-H", $"unix://{_host.Root}/docker.sock", .. arguments]);

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
        TestHost.Eventually("dockerd, containerd and the shims are away", () => !ended || !_host.Processes().Any(IsDockers));
        _daemon.Dispose();
        TestHost.Eventually(
            "the group of processes is away",
            () => _host.Shell($"{FindGroup} -depth -exec rmdir {{}} + 2>&1 || true\n{FindGroup}") == "");
        Assert.True(ended, "dockerd does not end on SIGTERM");
    }
}
