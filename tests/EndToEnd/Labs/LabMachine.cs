using System.Diagnostics;
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

    private readonly Process _holder;
    private readonly string _binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
        ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");

    private LabMachine()
    {
        Root = Directory.CreateTempSubdirectory("netctl-labs-").FullName;
        _holder = Process.Start(new ProcessStartInfo(
            "unshare", ["--net", "--mount", "--propagation", "private", "--", "sh", "-c", Setup])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", _holder.StandardOutput.ReadLine());
        Before = Leftovers();
    }

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
    public CommandResult Lab(params string[] arguments) => Run(_binary, ["lab", .. arguments]);

    /// <summary>Runs <c>netctl lab</c> and demands that it succeeds; gives what it printed.</summary>
    public string LabOk(params string[] arguments)
    {
        CommandResult result = Lab(arguments);
        Assert.True(result.ExitCode == 0, $"netctl lab {string.Join(' ', arguments)}: {result}");
        return result.Output;
    }

    /// <summary>Runs a program on the machine.</summary>
    public CommandResult Run(string program, params string[] arguments) =>
        Command.TryRun("nsenter", ["-t", $"{_holder.Id}", "-n", "-m", "--", program, .. arguments]);

    /// <summary>Starts <c>netctl lab</c>; its output can be read.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "nsenter", ["-t", $"{_holder.Id}", "-n", "-m", "--", _binary, "lab", .. arguments])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;

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

    // Hosts' processes have the lab's folder in their environment.
    private string Leftovers()
    {
        CommandResult files = Run("sh", "-c", "ls /run/netlab 2>/dev/null; ls /sys/class/net; ip link show | wc -l");
        IEnumerable<string> processes = Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .Where(path => EnvironmentOf(path).Contains($"LAB={Root}", StringComparison.Ordinal));
        return $"{files.Output}{string.Join(' ', processes)}";
    }

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
