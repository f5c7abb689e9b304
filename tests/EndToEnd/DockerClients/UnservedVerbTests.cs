namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>What has no meaning where there are no images, volumes or swarms is refused in one sentence that says so.</summary>
public sealed class UnservedVerbTests
{
    [DockerTheory]
    [InstalledClients]
    public void Every_verb_that_is_not_served_says_so_and_changes_nothing(string client)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var docker = new DockerProgram(host, client);
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        string before = host.NetctlOk("inspect", "web");
        string folder = Path.Combine(host.Root, "folder");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), "FROM scratch\n");
        string file = Path.Combine(folder, "Dockerfile");

        foreach (string verb in new[]
        {
            "images", "image ls", "image prune -f", "image inspect busybox", "pull busybox", "push busybox", "rmi busybox",
            "search busybox",
            "tag busybox box", "history busybox", $"save busybox -o {folder}/image", $"load -i {file}", $"import {file}",
            "run busybox", "create busybox", "commit web box", "diff web", $"export web -o {folder}/tar", $"cp {file} web:/tmp/file",
            $"cp web:/etc/hosts {folder}/hosts",
            "volume ls", "volume create v", "volume inspect v", "volume rm v", "volume prune -f",
            "swarm init", "swarm join --token t 192.0.2.9", "swarm leave", "swarm update --autolock", "swarm ca", "swarm join-token worker",
            "swarm unlock-key", "node ls", "node inspect n", "node rm n", "service ls", "service inspect s", "service rm s",
            "service create busybox", "service ps s", "service logs s", "stack ls", "secret ls", "secret inspect s", "secret rm s",
            $"secret create s {file}", "config ls", "config inspect c", "config rm c", $"config create c {file}",
            "plugin ls", "plugin inspect p", "plugin rm p", "plugin install --grant-all-permissions p", "plugin disable p",
            $"build {folder}", "builder prune -f", "plugin set p a=b", "service update s", "stack services s",
            "login -u u -p p registry.example.org", "system df", "checkpoint ls web", "checkpoint create web c",
        })
        {
            Output output = docker.Run(verb.Split(' '));
            string said = output.StandardError + output.StandardOutput;
            if (said.Contains("only supported on a Docker daemon with experimental features", StringComparison.Ordinal))
            {
                continue; // the client asks for nothing
            }

            Assert.True(output.ExitCode != 0, $"{verb}: {output}");
            Assert.True(said.Contains("not supported by netctl", StringComparison.Ordinal), $"{verb}: {output}");
            int sentences = said.Split('\n').Count(static line => line.Contains("by netctl", StringComparison.Ordinal));
            Assert.True(sentences == 1, $"{verb}: {output}");
        }

        Assert.Equal(before, host.NetctlOk("inspect", "web"));
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }
}
