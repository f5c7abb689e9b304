using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Cli;

/// <summary>The real netctl against answers that a test has written down: no root, no kernel, no daemon.</summary>
public sealed class ScriptedCli : IDisposable
{
    public ScriptedDaemon Daemon { get; } = new();

    public void Dispose() => Daemon.Dispose();

    public Output Run(params string[] arguments) => RunWithInput("", arguments);

    public Output RunWithInput(string input, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            process.Kill();
            Assert.Fail($"netctl {string.Join(' ', arguments)} did not end");
        }

        return new Output(process.ExitCode, output.Result, error.Result);
    }

    public Process Start(params string[] arguments)
    {
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");
        Assert.True(File.Exists(binary), $"no netctl at {binary}; netlab/build.sh makes it");
        var start = new ProcessStartInfo(binary, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NETCTL_HOST"] = $"unix://{Daemon.SocketPath}";
        return Process.Start(start)!;
    }
}
