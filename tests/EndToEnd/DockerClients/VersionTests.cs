namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>The versions of Docker's API: their negotiation, and what the answers owe to an older client.</summary>
public sealed class VersionTests
{
    [DockerTheory]
    [InstalledClients]
    public void Clients_of_the_oldest_and_the_newest_version_are_served(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("create", "-i", "--name", "app", "sh", "-c", "cat; exit 3");
        foreach (string version in new[] { "1.24", "1.29", "1.41", "1.42", "1.51" })
        {
            Assert.Equal("web", In(version, "ps", "--format", "{{.Names}}"));
            Assert.Equal("out", In(version, "exec", "web", "echo", "out"));
            Assert.Equal("bridge", In(version, "network", "ls", "--format", "{{.Name}}", "-f", "driver=bridge"));
            Assert.Equal("web", In(version, "rename", "web", "other") + In(version, "rename", "other", "web") + "web");
            Output start = host.Run("env", $"DOCKER_API_VERSION={version}", "sh", "-c",
                $"echo hello | {client} --config {host.Root}/docker -H unix://{host.Socket} start -ai app");
            Assert.Equal((version, 3, "hello\n"), (version, start.ExitCode, start.StandardOutput));
            Assert.Contains("hello", In(version, "logs", "app"), StringComparison.Ordinal);
        }

        Output old = docker.RunInVersion("1.23", "ps");
        Assert.NotEqual(0, old.ExitCode);
        Assert.Contains("1.23 is too old", old.StandardError, StringComparison.Ordinal);
        Output young = docker.RunInVersion("1.52", "ps");
        Assert.NotEqual(0, young.ExitCode);
        Assert.Contains("1.52 is too new", young.StandardError, StringComparison.Ordinal);

        string In(string version, params string[] arguments)
        {
            Output output = docker.RunInVersion(version, arguments);
            Assert.True(output.ExitCode == 0, $"{version}: {string.Join(' ', arguments)}: {output}\n{host.DaemonLog}");
            return output.StandardOutput.TrimEnd('\n');
        }
    }
}
