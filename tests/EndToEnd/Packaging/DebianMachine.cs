using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>A Debian that has come up in namespaces of its own, with its systemd as process 1. What is changed on it is gone with
/// it.</summary>
internal sealed class DebianMachine : IDisposable
{
    // Runs on the test's machine, in new namespaces: the files of the root, with a layer above them for what is changed.
    private const string Boot =
        """
        set -e
        echo $$ >"$5/cgroup.procs"
        exec unshare --net --mount --pid --uts --ipc --cgroup --fork --kill-child --propagation private -- sh -ec '
          mount -t tmpfs tmpfs "$2"
          mkdir "$2/upper" "$2/work" "$2/root"
          mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" overlay "$2/root"
          cd "$2/root"
          mount -t proc proc proc
          mount -t sysfs sysfs sys
          mount -t cgroup2 cgroup2 sys/fs/cgroup
          mount -t tmpfs -o mode=755 tmpfs run
          mount -t tmpfs tmpfs tmp
          mount -t tmpfs -o mode=755 tmpfs dev
          mkdir dev/pts dev/shm
          mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
          mount -t tmpfs -o mode=1777 tmpfs dev/shm
          for node in null zero full random urandom tty; do
            : >dev/$node
            mount --bind /dev/$node dev/$node
          done
          ln -s pts/ptmx dev/ptmx
          ln -s /proc/self/fd dev/fd
          mkdir -p media/packages
          mount --bind "$3" media/packages
          hostname debian
          echo "sleep infinity & wait" >run/first
          mkdir .before
          pivot_root . .before
          cd /
          umount -l /.before
          rmdir /.before
          exec env -i container=netctl PATH=/usr/sbin:/usr/bin:/sbin:/bin $4
        ' boot "$1" "$2" "$3" "$4"
        """;

    // A shell reaps what others leave to it while it waits.
    private const string ShellAlone = "sh /run/first";

    private const string Systemd = "/sbin/init --log-target=journal --show-status=0";

    private static readonly string[] GroupRoots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];

    private readonly string _work = Directory.CreateTempSubdirectory("netctl-machine-").FullName;
    private readonly string _group;
    private readonly Process _starter;
    private readonly int _first;

    private DebianMachine(DebianRoot root, string process)
    {
        string groups = GroupRoots.First(path => File.Exists(Path.Combine(path, "cgroup.procs")));
        _group = Path.Combine(groups, $"netctl-test.{Path.GetFileName(_work)}");
        Directory.CreateDirectory(_group);
        _starter = Process.Start(new ProcessStartInfo("sh", ["-c", Boot, "boot", root.Path, _work, root.PackageFolder, process, _group])
        {
            RedirectStandardInput = true,
        })!;
        try
        {
            _first = FirstProcess();
            TestHost.Eventually(
                "it has its own files", () => Run("sh", "-c", "[ -d /media/packages ] && [ ! -e /.before ]").ExitCode == 0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Brings a machine up, and waits until its units have started.</summary>
    public static DebianMachine Start(DebianRoot root)
    {
        var machine = new DebianMachine(root, Systemd);
        TestHost.Eventually(
            "systemd is up", () => machine.Run("systemctl", "is-system-running", "--wait").Output is "running\n" or "degraded\n");
        Assert.Equal("", machine.Shell("systemctl list-units --failed --no-legend"));
        return machine;
    }

    /// <summary>Brings a machine up that has no systemd: its process 1 is a shell.</summary>
    public static DebianMachine StartWithoutSystemd(DebianRoot root) => new(root, ShellAlone);

    /// <summary>Runs a program on it.</summary>
    public CommandResult Run(string program, params string[] arguments) => Command.TryRun(
        "nsenter",
        [
            "-t", $"{_first}", "-a", "--", "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root",
            "DEBIAN_FRONTEND=noninteractive", program, .. arguments,
        ]);

    /// <summary>Starts a program of the test's machine, with the test's files, in this machine's network.</summary>
    public Process StartBeside(string program, params string[] arguments) =>
        Process.Start("nsenter", ["-t", $"{_first}", "-n", "--", program, .. arguments]);

    /// <summary>Runs a line of a shell on it that must succeed, and gives what it printed.</summary>
    public string Shell(string line)
    {
        CommandResult result = Run("sh", "-ec", line);
        Assert.True(result.ExitCode == 0, $"{line}: {result}");
        return result.Output;
    }

    /// <summary>Installs a package, and gives what was printed.</summary>
    public string Install(string package) => Shell($"dpkg -i /media/packages/{Path.GetFileName(package)} 2>&1");

    /// <summary>Unpacks the tarball in /opt/netctl.</summary>
    public void Unpack() => Shell(
        "mkdir -p /opt/netctl; tar -xzf /media/packages/netctl-*-linux-*.tar.gz -C /opt/netctl --strip-components=1");

    /// <summary>All that an installation may leave: files, users, units, links, rules, mounts and processes. iptables itself leaves the
    /// tables that it has made for anybody, without a rule.</summary>
    public string Everything() => Shell(
        """
        find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /var/log -o -path /var/lib/dpkg \
          -o -path /var/lib/apt \
          -o -path /var/lib/systemd -o -path /var/cache \) -prune -o -print | sort
        find /run -not -path '/run/systemd/*' -not -path '/run/log/*' -not -path '/run/lock/*' -not -path '/run/mount*' \
          -not -name utmp -not -name adduser | sort
        dpkg-query -W -f '${Package} ${db:Status-Status}\n'
        grep -v -e ':*$' /etc/passwd || true; cat /etc/group
        systemctl list-unit-files --no-legend 2>/dev/null | grep -i netctl || true
        ip -br link; ip netns; nft list ruleset | grep -i netctl || true
        grep -i netctl /proc/mounts || true; ps -eo comm | grep netctl || true
        sysctl -n net.ipv4.ip_forward net.ipv6.conf.all.forwarding
        """);

    public void Dispose()
    {
        File.WriteAllText(Path.Combine(_group, "cgroup.kill"), "1");
        _starter.StandardInput.Close();
        _starter.WaitForExit();
        _starter.Dispose();
        TestHost.Eventually("its processes have ended", () => TryRemove(_group));
        Directory.Delete(_work);
    }

    // unshare(1) forks: the machine's process 1 is its child, the only one that the starter ever has.
    private int FirstProcess()
    {
        int first = 0;
        TestHost.Eventually("it has a process 1", () => int.TryParse(
            File.ReadAllText($"/proc/{_starter.Id}/task/{_starter.Id}/children").Split(' ')[0],
            NumberStyles.None, CultureInfo.InvariantCulture, out first));
        return first;
    }

    private static bool TryRemove(string group)
    {
        try
        {
            foreach (string child in Directory.EnumerateDirectories(group))
            {
                TryRemove(child);
            }

            Directory.Delete(group);
            return true;
        }
        catch (IOException)
        {
            return false; // EBUSY
        }
    }
}
