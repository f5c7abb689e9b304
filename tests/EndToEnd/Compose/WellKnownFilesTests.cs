using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Compose;

/// <summary>Small files of the shape of well-known public Compose files, and of the Compose specification's examples. Each says in
/// <c>x-expect</c> who reaches whom by which name (<c>A &gt; NAME</c>), who does not (<c>A ! NAME</c>), and where a port is published
/// (<c>A PORT = ADDRESS</c>). Witnesses are ping and dig inside.</summary>
public sealed partial class WellKnownFilesTests
{
    [KernelFact]
    public void They_come_up_reach_each_other_as_they_should_and_go()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = host.Shell("ls /sys/class/net; ip route");
        string folder = Path.Combine(AppContext.BaseDirectory, "Compose", "Files");
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            string project = "case-" + Path.GetFileNameWithoutExtension(file);
            Output up = host.Netctl("compose", "-f", file, "-p", project, "up", "-d");
            Assert.True(up.ExitCode == 0, $"{file}: {up.StandardError}");
            Assert.Single(up.StandardError.Split('\n'), line => line.Contains(": ignored: ", StringComparison.Ordinal));
            string[] expectations = [.. Expectation().Matches(File.ReadAllText(file)).Select(match => match.Value.Trim('"'))];
            Assert.NotEmpty(expectations);
            Assert.All(expectations, expectation => Check(host, file, project, expectation));
            Output again = host.Netctl("compose", "-f", file, "-p", project, "up", "-d");
            Assert.True(again.ExitCode == 0, $"{file}: {again.StandardError}");
            Assert.DoesNotContain(again.StandardError.Split('\n'), line => line.EndsWith("Created", StringComparison.Ordinal)
                || line.Contains("Start", StringComparison.Ordinal) || line.EndsWith("Removed", StringComparison.Ordinal));
            host.NetctlOk("compose", "-f", file, "-p", project, "down", "-t", "0");
            Assert.Equal("", host.NetctlOk("ps", "-aq"));
            TestHost.Eventually($"nothing of {file} is left", () => host.Shell("ls /sys/class/net; ip route") == before);
        }

        host.DoctorIsContent();
    }

    private static void Check(TestHost host, string file, string project, string expectation)
    {
        string[] words = expectation.Split(' ');
        string container = $"{project}-{words[0]}-1";
        switch (words)
        {
            case [_, ">", { } name]:
                Output reached = host.Netctl("exec", container, "ping", "-c", "1", "-w", "10", name);
                Assert.True(reached.ExitCode == 0, $"{file}: {expectation}: {reached.StandardOutput}{reached.StandardError}");
                break;
            case [_, "!", { } name]:
                Assert.NotEqual(0, host.Netctl("exec", container, "ping", "-c", "1", "-W", "1", name).ExitCode);
                break;
            case [{ } service, { } port, "=", { } address]:
                string[] parts = port.Split('/');
                Assert.Equal(
                    address, host.NetctlOk("compose", "-f", file, "-p", project, "port", "--protocol", parts[1], service, parts[0]));
                break;
            default:
                Assert.Fail($"{file}: {expectation} is no expectation");
                break;
        }
    }

    [GeneratedRegex("\"[a-z0-9]+ (>|!|[0-9]+/(tcp|udp) =) [^\"]+\"", RegexOptions.CultureInvariant)]
    private static partial Regex Expectation();
}
