using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>netctl as a managed plug-in, which the Engine itself runs: the folder that packaging/docker-plugin/make.sh makes.</summary>
public sealed class ManagedPluginTests
{
    [ProgramFact(DockerDaemon.Program)]
    public void The_engine_runs_it_connects_containers_and_they_go_on_while_it_is_turned_off_and_on()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        using DockerDaemon docker = DockerDaemon.Start(host);
        string folder = Path.Combine(host.Root, "plugin");
        string make = Path.Combine(TestHost.RepositoryRoot(), "packaging", "docker-plugin", "make.sh");
        host.Shell($"NETCTL_BINARY=$NETCTL {make} {folder}");
        Output again = host.Run("sh", "-c", $"NETCTL_BINARY=$NETCTL {make} {folder}");
        Assert.Contains("not an empty folder", again.StandardError, StringComparison.Ordinal);
        Ok("plugin", "create", "netctl", folder);
        Ok("plugin", "enable", "netctl");
        Ok("network", "create", "-d", "netctl:latest", "--ipam-driver", "netctl:latest", "front");
        Ok("run", "-d", "--name", "web", "--network", "front", "-p", "8080:80", DockerDaemon.Image,
            "busybox", "nc", "-ll", "-p", "80", "-e", "cat");
        using (SteadyClient client = SteadyClient.Start(host, "8080"))
        {
            Assert.Contains("0.0.0.0:8080->80/tcp", Netctl("ps", "--format", "{{.Ports}}"), StringComparison.Ordinal);
            Netctl("doctor");
            Ok("plugin", "disable", "-f", "netctl");
            client.AssertAllAnswered();
            Ok("plugin", "enable", "netctl");
            client.AssertAllAnswered();
        }

        Ok("rm", "-f", "web");
        Assert.Equal("", Netctl("ps", "-aq"));
        Ok("network", "rm", "front");
        Ok("plugin", "disable", "netctl");
        Ok("plugin", "rm", "netctl");
        Assert.Equal("docker0\nlan\nlo", host.Shell("ip -br link | sed 's/[@ ].*//' | sort"));

        void Ok(params string[] arguments)
        {
            Output output = docker.Docker(arguments);
            Assert.True(
                output.ExitCode == 0,
                $"docker {string.Join(' ', arguments)}: {output}\n{host.Shell($"tail -n 40 {host.Root}/dockerd.log")}");
        }

        // The folder of the plug-in's sockets is on the host, below its id.
        string Netctl(params string[] arguments)
        {
            string words = string.Join(' ', arguments.Select(word => $"'{word}'"));
            return host.Shell($"\"$NETCTL\" -H unix://$(ls /run/docker/plugins/*/api.sock) {words}");
        }
    }
}
