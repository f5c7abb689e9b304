using System.Diagnostics;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary>A machine that labs are run on: a network and a mount namespace with a /run of its own, and a folder with copies of
/// labs.</summary>
internal sealed partial class LabMachine : IDisposable
{
    private const string Setup =
        """
        set -e
        mount -t tmpfs tmpfs /run
        ip link set lo up
        echo ready
        exec cat
        """;

    private readonly HashSet<string> _groups = [];
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

    public static LabMachine Create() => new();

    /// <summary>Copies a lab of the repository, and gives the copy's folder.</summary>
    public string Copy(string name)
    {
        string from = Path.Combine(TestHost.RepositoryRoot(), "netlab", "labs", name);
        string to = Path.Combine(Root, name);
        Directory.CreateDirectory(to);
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

    /// <summary>The cgroups of the hosts that are up. They have to be gone when the labs are.</summary>
    public int CountGroups()
    {
        CommandResult states = Run("sh", "-c", "cat /run/netlab/*/state.json");
        _groups.UnionWith(Group().Matches(states.Output).Select(match => match.Groups["path"].Value).Where(Directory.Exists));
        return _groups.Count;
    }

    /// <summary>Waits until nothing of any lab is left on the machine: no process, file, link or cgroup.</summary>
    public void IsAsBefore() => TestHost.Eventually(
        $"nothing is left; before: {Before}; now: {Leftovers()}", () => Leftovers() == Before);

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
        IEnumerable<string> groups = _groups.Where(Directory.Exists);
        IEnumerable<string> processes = Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .Where(path => EnvironmentOf(path).Contains($"LAB={Root}", StringComparison.Ordinal));
        return $"{files.Output}{string.Join(' ', groups)} {string.Join(' ', processes)}";
    }

    [GeneratedRegex("\"Group\": \"(?<path>[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/environ");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended
        }
    }
}
