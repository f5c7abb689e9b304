using System.Diagnostics;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>Docker's command-line client on a throw-away host, pointed at netctl's socket.</summary>
/// <param name="host">The host, whose daemon runs.</param>
/// <param name="path">The client's program.</param>
internal sealed class DockerProgram(TestHost host, string path)
{
    private string[] Options => ["--config", Path.Combine(host.Root, "docker"), "-H", $"unix://{host.Socket}"];

    /// <summary>Runs the client.</summary>
    public Output Run(params string[] arguments) => host.Run(path, [.. Options, .. arguments]);

    /// <summary>Runs the client and demands that it succeeds; gives standard output without its last line feed.</summary>
    public string Ok(params string[] arguments)
    {
        Output output = Run(arguments);
        Assert.True(output.ExitCode == 0, $"{path} {string.Join(' ', arguments)}: {output}\n{host.DaemonLog}");
        return output.StandardOutput.TrimEnd('\n');
    }

    /// <summary>Runs the client and demands that it fails with these words in one sentence of the daemon's.</summary>
    public void Refused(string words, params string[] arguments)
    {
        Output output = Run(arguments);
        Assert.True(output.ExitCode != 0, $"{path} {string.Join(' ', arguments)}: {output}");
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.StandardError, StringComparison.Ordinal);
    }

    /// <summary>Starts the client with pipes for its streams.</summary>
    public Process Start(params string[] arguments) => host.Start(path, [.. Options, .. arguments]);

    /// <summary>Starts the client on a terminal of 33 rows and 77 columns.</summary>
    /// <param name="command">The words after the options, as in a shell.</param>
    public Process StartOnTerminal(string command) => host.Start(
        "script", "-qec", $"stty rows 33 cols 77; {path} {string.Join(' ', Options)} {command}", "/dev/null");

    /// <summary>Runs the client as one of another version of the API.</summary>
    public Output RunInVersion(string version, params string[] arguments) =>
        host.Run("env", [$"DOCKER_API_VERSION={version}", path, .. Options, .. arguments]);
}
