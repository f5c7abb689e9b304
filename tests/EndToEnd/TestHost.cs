using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>
/// A throw-away host: a network and a mount namespace of its own, with a daemon from the real binary in it, and a machine outside on the
/// same wire. When it is disposed nothing of it is left, whatever the test did.
/// </summary>
public sealed class TestHost : IDisposable
{
    /// <summary>The daemon's flag that leaves what a test has broken as it is.</summary>
    public const string MendsNothing = "--mend-drift=false";

    private const string HostAddressText = "192.0.2.1";

    /// <summary>How long anything is waited for: on a busy machine the start of a program alone has taken a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Process _holder;
    private readonly ConcurrentBag<(int Id, DateTime Then)> _started = [];
    private readonly string _binary;
    private Process? _daemon;
    private int _starts;

    private TestHost(string binary, Process holder, string root)
    {
        _binary = binary;
        _holder = holder;
        Root = root;
    }

    /// <summary>The folder that holds everything of this host.</summary>
    public string Root { get; }

    /// <summary>The host's own address on the wire to outside.</summary>
    public static string Address => HostAddressText;

    public string ExecRoot => Path.Combine(Root, "run");

    public string Socket => Path.Combine(Root, "run", "netctl.sock");

    /// <summary>A folder that is looked into for programs before all others, by the daemon too.</summary>
    public string? Programs { get; set; }

    /// <summary>The file mode creation mask of the daemon, octal; null: that of the tests.</summary>
    public string? FileMask { get; set; }

    /// <summary>Which bound namespaces a daemon that is started again sees, as a pattern for grep; null: none. A service manager's mount
    /// namespace has those that were there before, as a copy.</summary>
    public string? SeenNamespaces { get; set; }

    /// <summary>A program with its arguments that starts the daemon, such as a service manager's; empty: none.</summary>
    public string[] DaemonStarter { get; set; } = [];

    public int? DaemonId => _daemon?.Id;

    /// <summary>A process that is in the host's namespaces as long as the host is there.</summary>
    public int HolderId => _holder.Id;

    public string DaemonLog => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string LogPath => Path.Combine(Root, "daemon.log");

    /// <summary>Makes the host; the daemon starts with <see cref="StartDaemon"/>.</summary>
    public static TestHost Create()
    {
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? Path.Combine(RepositoryRoot(), "artifacts", "netctl", "netctl");
        Assert.True(File.Exists(binary), $"no netctl at {binary}; netlab/build.sh makes it");
        string root = Directory.CreateTempSubdirectory("netctl-test-").FullName;
        if (Hold(Setup) is { } holder)
        {
            return new TestHost(binary, holder, root);
        }

        Directory.Delete(root);
        throw Unmade();
    }

    private static Process? Hold(string setup)
    {
        Process holder = Process.Start(new ProcessStartInfo(
            "unshare",
            ["--net", "--mount", "--propagation", "private", "--", "sh", "-c", setup])
        { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        if (holder.StandardOutput.ReadLine() == "ready")
        {
            return holder;
        }

        holder.WaitForExit();
        holder.Dispose();
        return null;
    }

    private static InvalidOperationException Unmade() =>
        new("the throw-away host could not be made; what unshare, mount and ip say is above");

    /// <summary>Starts the machine anew, as after a loss of power: processes, links, rules, kernel settings, mounts and all that is in /run
    /// are gone, and the boot has another id. What is on disk stays.</summary>
    /// <remarks>The machine outside is started anew too. Processes that do not have the host's root in their command line are the caller's
    /// to end.</remarks>
    public void Reboot()
    {
        KillProcesses();
        _daemon?.WaitForExit();
        _daemon = null;
        _starts = 0;
        LetGo();
        Directory.Delete(ExecRoot, recursive: true);
        string bootId = Path.Combine(Root, "boot_id");
        File.WriteAllText(bootId, $"{Guid.NewGuid()}\n");
        _holder = Hold($"mount --bind {bootId} /proc/sys/kernel/random/boot_id\n{Setup}") ?? throw Unmade();
    }

    // A "sleep" that ends with us, however we end: it reads the pipe that we hold.
    private const string Setup =
        """
        set -e
        mkdir -p /run/netns
        mount -t tmpfs tmpfs /run/netns
        mkdir -p /run/netctl
        mount -t tmpfs -o mode=755 tmpfs /run/netctl
        ip link set lo up
        ip netns add outside
        ip link add lan type veth peer name lan netns outside
        ip link set lan addrgenmode none
        ip -n outside link set lan addrgenmode none
        ip address add 192.0.2.1/24 dev lan
        ip -n outside address add 192.0.2.2/24 dev lan
        ip link set lan up
        ip -n outside link set lan up
        ip -n outside link set lo up
        until ip -br link show lan | grep -q ' UP ' && ip -n outside -br link show lan | grep -q ' UP '; do sleep 0.01; done
        echo ready
        exec cat
        """;

    // What was bound in the namespace that this one was copied from is taken off: a namespace that is new from the start has none of it.
    private string Fresh =>
        $$"""
        for file in $(findmnt --noheadings --raw --output TARGET --types nsfs | grep -v -e '{{SeenNamespaces ?? "^$"}}'); do
          umount "$file" || true
        done
        {{Launch}}
        """;

    private const string Launch =
        """
        [ -z "$1" ] || exec >>"$1" 2>&1
        umask "$2"
        shift 2
        exec "$@"
        """;

    /// <summary>Gives the host an /etc and a /run/systemd of its own, copies that may be written to.</summary>
    public void OwnEtc() => Shell(
        $"""
        if [ ! -d {Root}/etc ]; then
          cp -a /etc {Root}/etc
          cp -L --remove-destination /etc/resolv.conf {Root}/etc/resolv.conf
        fi
        mount --bind {Root}/etc /etc
        mkdir -p /run/systemd {Root}/systemd
        mount --bind {Root}/systemd /run/systemd
        """);

    /// <summary>Starts the daemon and waits until it answers. Started again, it is in a new mount namespace, as a service manager may start
    /// it: nothing that an earlier one mounted is there.</summary>
    public void StartDaemon(params string[] arguments)
    {
        BeginDaemon(arguments);
        AwaitDaemon();
    }

    /// <summary>Starts the daemon without waiting for it.</summary>
    public void BeginDaemon(params string[] arguments) => _daemon = LaunchDaemon(arguments);

    /// <summary>Waits until the daemon answers.</summary>
    public void AwaitDaemon() => Eventually("the daemon answers", () =>
    {
        Assert.False(_daemon!.HasExited, $"the daemon ended: {DaemonLog}");
        return Netctl("version").ExitCode == 0;
    });

    /// <summary>Runs the daemon with arguments that it is to refuse, and gives what it said.</summary>
    public Output RunDaemonToItsEnd(params string[] arguments) => Wait(LaunchDaemon(arguments, toLog: false), TimeSpan.FromSeconds(20));

    /// <summary>Ends the daemon by SIGKILL, as a crash would.</summary>
    public void KillDaemon()
    {
        _daemon!.Kill();
        _daemon.WaitForExit();
        _daemon = null;
    }

    /// <summary>Ends the daemon by SIGTERM; containers go on.</summary>
    public void StopDaemon()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_daemon!.Id}"]);
        kill.WaitForExit();
        Assert.True(_daemon.WaitForExit(Patience), $"the daemon does not end on SIGTERM\n{DaemonLog}");
        _daemon = null;
    }

    /// <summary>Runs netctl as a user of this host would.</summary>
    public Output Netctl(params string[] arguments) => Run(_binary, arguments);

    /// <summary>Runs netctl and demands that it succeeds; gives standard output without its last line feed.</summary>
    public string NetctlOk(params string[] arguments)
    {
        Output output = Netctl(arguments);
        Assert.True(output.ExitCode == 0, $"netctl {string.Join(' ', arguments)}: {output}\n{DaemonLog}");
        return output.StandardOutput.TrimEnd('\n');
    }

    /// <summary>What dig prints in a container when it is to be short: the answers alone, one a line.</summary>
    public string Dig(string container, params string[] question) =>
        NetctlOk(["exec", container, "dig", "+short", "+time=2", "+tries=2", .. question]);

    /// <summary>Runs a program in the host's namespaces.</summary>
    public Output Run(string program, params string[] arguments) => Wait(Start(program, arguments), TimeSpan.FromSeconds(60));

    /// <summary>Runs a shell script in the host's namespaces and demands that it succeeds.</summary>
    public string Shell(string script)
    {
        Output output = Run("sh", "-ec", script);
        Assert.True(output.ExitCode == 0, $"{script}: {output}\n{DaemonLog}");
        return output.StandardOutput.TrimEnd('\n');
    }

    /// <summary>Runs a program on the machine outside.</summary>
    public Output Outside(params string[] command) => Run("ip", ["netns", "exec", "outside", .. command]);

    /// <summary>Starts a program in the host's namespaces with pipes for its streams.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("nsenter", ["-t", $"{_holder.Id}", "-n", "-m", "--", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NETCTL_HOST"] = $"unix://{Socket}";
        start.Environment["NETCTL"] = _binary;
        if (Programs is not null)
        {
            start.Environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        }

        Process started = Process.Start(start)!;
        _started.Add((started.Id, DateTime.Now));
        return started;
    }

    /// <summary>Waits for a condition, as long as <see cref="Patience"/>.</summary>
    public static void Eventually(string what, Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, $"did not happen in time: {what}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Checks that doctor finds nothing now; what it says is the message.</summary>
    public void DoctorIsContentAtOnce()
    {
        Output doctor = Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{doctor}");
    }

    /// <summary>Waits until doctor finds nothing: what other programs do to rules and links is followed a moment later.</summary>
    public void DoctorIsContent() =>
        Eventually($"doctor finds nothing; first it said: {Netctl("doctor")}", () => Netctl("doctor").ExitCode == 0);

    /// <summary>Waits until the daemon's log has these words: it is written by a thread of its own, after the daemon has gone on.</summary>
    public void LogSays(string words) => Eventually(
        $"the log says \"{words}\"", () => DaemonLog.Contains(words, StringComparison.Ordinal));

    /// <summary>Checks that the daemon has warned of nothing.</summary>
    public void LogWarnsOfNothing()
    {
        string[] warnings = [.. DaemonLog.Split('\n').Where(line => line.Contains(" warn ", StringComparison.Ordinal))];
        Assert.True(warnings.Length == 0, $"the daemon warned:\n{string.Join('\n', warnings)}\nall it said:\n{DaemonLog}");
    }

    /// <summary>How many shims of this host run.</summary>
    public int Shims() => Processes().Count(id => ProcessFile.Read(id, "cmdline").Contains("netctl-shim\0", StringComparison.Ordinal));

    /// <summary>The processes of this host: daemon, shims and their commands' holders, by their command line.</summary>
    public IReadOnlyList<int> Processes() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out int id) ? id : 0)
            .Where(id => id > 0 && ProcessFile.Read(id, "cmdline").Contains(Root, StringComparison.Ordinal))];

    public void Dispose()
    {
        if (_daemon is { HasExited: false })
        {
            Netctl("system", "reset", "-f");
            _daemon.Kill();
            _daemon.WaitForExit();
        }

        KillProcesses();
        LetGo();
        Directory.Delete(Root, recursive: true);
    }

    private void KillProcesses()
    {
        foreach ((int id, DateTime then) in _started)
        {
            Kill(id, process => process.StartTime <= then); // not another one that has got its id since
        }

        foreach (int id in Processes())
        {
            Kill(id, _ => true);
        }
    }

    private static void Kill(int id, Predicate<Process> isMeant)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            if (isMeant(process))
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
        }
    }

    private void LetGo()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }

    public static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Net.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("not inside the repository");
    }

    private Process LaunchDaemon(string[] arguments, bool toLog = true)
    {
        string[] daemon =
        [
            "daemon", "--data-root", Path.Combine(Root, "data"), "--exec-root", ExecRoot, "--host", $"unix://{Socket}",
            .. arguments.Contains("--plugin-dir") ? (string[])[] : ["--plugin-dir", Path.Combine(Root, "plugins")],
            .. arguments,
        ];
        string[] launch = ["sh", "-c", _starts++ > 0 ? Fresh : Launch, "sh", toLog ? LogPath : "", FileMask ?? "022",
            .. DaemonStarter, _binary, .. daemon];
        return _starts > 1 ? Start("unshare", ["--mount", "--propagation", "slave", "--", .. launch]) : Start(launch[0], launch[1..]);
    }

    private static Output Wait(Process process, TimeSpan limit)
    {
        using (process)
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end in {limit}");
            }

            return new Output(process.ExitCode, output.Result, error.Result);
        }
    }
}
