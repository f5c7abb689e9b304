using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary>A machine that labs are run on: a network and a mount namespace with a /run of its own, and a folder with copies of
/// labs.</summary>
internal sealed class LabMachine : IDisposable
{
    private const string Setup =
        """
        set -e
        mount -t tmpfs tmpfs /run
        ip link set lo up
        echo ready
        exec cat
        """;

    private static readonly string[] GroupRoots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];

    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _groupsOfOthers = [.. GroupsOf("*")];
    private readonly Process _holder;

    private LabMachine()
    {
        Root = Directory.CreateTempSubdirectory("netctl-labs-").FullName;
        _holder = Process.Start(new ProcessStartInfo(
            "unshare", ["--net", "--mount", "--propagation", "private", "--", "sh", "-c", Setup])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", _holder.StandardOutput.ReadLine());
        Before = Leftovers();
    }

    /// <summary>The program under test.</summary>
    public static string Binary { get; } = Environment.GetEnvironmentVariable("NETCTL_BINARY")
        ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");

    /// <summary>The folder with the labs.</summary>
    public string Root { get; }

    private string Before { get; }

    private string OwnFolder => $"LAB={Root}";

    public static LabMachine Create() => new();

    /// <summary>Copies a lab of the repository, and gives the copy's folder.</summary>
    public string Copy(string name)
    {
        string from = Path.Combine(TestHost.RepositoryRoot(), "netlab", "labs", name);
        string to = Path.Combine(Root, name);
        Directory.CreateDirectory(to);
        _names.Add(name);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return to;
    }

    /// <summary>Makes a lab, and gives its folder.</summary>
    public string Write(string name, string text)
    {
        string folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder);
        _names.Add(name);
        File.WriteAllText(Path.Combine(folder, "lab.yml"), text);
        return folder;
    }

    /// <summary>Runs <c>netctl lab</c>.</summary>
    public CommandResult Lab(params string[] arguments) => Run(Binary, ["lab", .. arguments]);

    /// <summary>Runs <c>netctl lab</c> and demands that it succeeds; gives what it printed.</summary>
    public string LabOk(params string[] arguments)
    {
        CommandResult result = Lab(arguments);
        Assert.True(result.ExitCode == 0, $"netctl lab {string.Join(' ', arguments)}: {result}");
        return result.Output;
    }

    /// <summary>Runs netctl on a terminal, and gives what it wrote there.</summary>
    public string OnTerminal(params string[] arguments)
    {
        CommandResult result = Run(
            "env", "TERM=xterm", "script", "-qec", string.Join(' ', arguments.Prepend(Binary)), "/dev/null");
        Assert.DoesNotContain("nobody expected", result.Output, StringComparison.Ordinal);
        return result.Output;
    }

    /// <summary>Runs a program on the machine.</summary>
    public CommandResult Run(string program, params string[] arguments) =>
        Command.TryRun("nsenter", ["-t", $"{_holder.Id}", "-n", "-m", "--", program, .. arguments]);

    /// <summary>Starts <c>netctl lab</c>; its output can be read.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "nsenter", ["-t", $"{_holder.Id}", "-n", "-m", "--", Binary, "lab", .. arguments])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Waits for a process of one of the hosts, and gives its process ID on the machine.</summary>
    public int ProcessOf(string command)
    {
        string? found = null;
        TestHost.Eventually($"\"{command}\" runs", () => (found = Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .FirstOrDefault(path => CommandOf(path) == command && IsOwn(path))) is not null);
        return int.Parse(Path.GetFileName(found!), CultureInfo.InvariantCulture);
    }

    /// <summary>The cgroups of hosts of this machine's labs. Labs of others may have the same names: their groups were there before this
    /// machine, or have processes with another folder in their environment.</summary>
    public IReadOnlyList<string> Groups() =>
    [
        .. _names.SelectMany(GroupsOf).Except(_groupsOfOthers)
            .Where(group => ProcessesOf(group) is var processes && (processes.Count == 0 || processes.Any(IsOwn))),
    ];

    /// <summary>Waits until nothing of any lab is left on the machine: no process, file, link or cgroup.</summary>
    public void IsAsBefore()
    {
        string now = "";
        try
        {
            TestHost.Eventually("nothing is left", () => (now = Leftovers()) == Before);
        }
        catch (Xunit.Sdk.XunitException error)
        {
            throw new InvalidOperationException($"before: {Before}; now: {now}", error);
        }
    }

    public void Dispose()
    {
        Lab("stop", "--all");
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    // mount(8) keeps notes in /run/mount. Hosts' processes have the lab's folder in their environment.
    private string Leftovers()
    {
        CommandResult files = Run("sh", "-c", "ls -A /run | grep -vx mount; ls -A /run/netlab 2>/dev/null; ip -brief link show");
        IEnumerable<string> processes = Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .Where(IsOwn);
        return $"{files.Output}{string.Join(' ', Groups())} {string.Join(' ', processes)}";
    }

    private static IEnumerable<string> GroupsOf(string lab) =>
        GroupRoots.Where(Directory.Exists).SelectMany(root => Directory.EnumerateDirectories(root, $"netlab.{lab}.*"));

    private static IReadOnlyList<string> ProcessesOf(string group)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(group, "cgroup.procs", SearchOption.AllDirectories).SelectMany(File.ReadAllLines)
                    .Select(id => $"/proc/{id}"),
            ];
        }
        catch (IOException)
        {
            return []; // it is being removed
        }
    }

    private bool IsOwn(string process) => EnvironmentOf(process).Contains(OwnFolder, StringComparison.Ordinal);

    private static string CommandOf(string process) => ReadAll($"{process}/cmdline").TrimEnd('\0').Replace('\0', ' ');

    private static string EnvironmentOf(string process) => ReadAll($"{process}/environ");

    private static string ReadAll(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended
        }
    }
}
