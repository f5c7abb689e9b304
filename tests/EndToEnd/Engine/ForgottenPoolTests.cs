using System.Diagnostics;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Subnets that Docker Engine has reserved with our IPAM driver for networks that it never came to make.</summary>
public sealed class ForgottenPoolTests
{
    private static readonly string[] DaemonArguments = ["--plugin-dir", "/run/docker/plugins"];

    // A network driver that never answers CreateNetwork, and makes a file when it is asked.
    private const string SlowDriver =
        """
        import socket, sys, threading
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("/run/docker/plugins/slow.sock")
        listener.listen(8)
        answers = {"/Plugin.Activate": '{"Implements":["NetworkDriver"]}', "/NetworkDriver.GetCapabilities": '{"Scope":"local"}'}
        kept = []
        while True:
            client = listener.accept()[0]
            path = client.recv(65536).split()[1].decode()
            if path in answers:
                body = answers[path]
                client.sendall(f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
                client.close()
            else:
                kept.append(client)
                open(sys.argv[1], "a").write(path + "\n")
        """;

    [ProgramFact(DockerDaemon.Program)]
    public void A_subnet_is_free_again_when_the_engine_died_before_it_made_the_network_and_all_others_stay()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        using DockerDaemon docker = DockerDaemon.Start(host);
        host.StartDaemon(DaemonArguments);
        string asked = Path.Combine(host.Root, "asked");
        using Process slow = host.Start("python3", "-c", SlowDriver, asked);
        try
        {
            TestHost.Eventually("the slow driver listens", () => host.Run("test", "-S", "/run/docker/plugins/slow.sock").ExitCode == 0);

            // Networks of every kind that may be idle, and one with a container.
            Ok(docker, "network", "create", "-d", "netctl", "--ipam-driver", "netctl", "--subnet", "172.20.0.0/24", "ours");
            Ok(docker, "network", "create", "-d", "netctl", "--ipam-driver", "netctl", "--subnet", "172.21.0.0/24", "--aux-address",
                "x=172.21.0.9", "used");
            Ok(docker, "network", "create", "-d", "bridge", "--ipam-driver", "netctl", "--subnet", "172.22.0.0/24", "theirs");
            Ok(docker, "network", "create", "-d", "macvlan", "--ipam-driver", "netctl", "--subnet", "172.23.0.0/24", "-o", "parent=lan",
                "idle");
            Ok(docker, "run", "-d", "--restart", "always", "--name", "web", "--network", "used", "--ip", "172.21.0.44", DockerDaemon.Image,
                "sleep", "1000");
            foreach (string[] flags in (string[][])[["--subnet", "172.24.0.0/24", "never1"], ["never2"]])
            {
                using Process create = docker.StartClient(["network", "create", "-d", "slow", "--ipam-driver", "netctl", .. flags]);
                TestHost.Eventually(
                    "the slow driver is asked", () => File.Exists(asked) && File.ReadAllLines(asked).Length == (flags.Length == 1 ? 2 : 1));
                create.Kill();
                create.WaitForExit();
            }

            Assert.Equal(6, Reserved(host).Length);
            docker.Kill();
            docker.Begin();
            docker.Await();
            TestHost.Eventually(
                "the container runs again",
                () => docker.Docker("inspect", "-f", "{{.State.Running}}", "web").StandardOutput.Trim() == "true");
            Ok(docker, "network", "create", "-d", "netctl", "--ipam-driver", "netctl", "--subnet", "172.25.0.0/24", "next");
            Assert.Superset(
                new HashSet<string>(["172.20.0.0/24", "172.21.0.0/24", "172.22.0.0/24", "172.23.0.0/24"]), Reserved(host).ToHashSet());
            Assert.Equal(5, Reserved(host).Length); // the fifth is that of the network that was made now
            host.NetctlOk("network", "create", "--subnet", "172.24.0.0/24", "own");
            Assert.Contains("172.24.0.0/24", host.DaemonLog, StringComparison.Ordinal);

            // What was repeated was not counted twice, and goes when the network goes.
            Ok(docker, "rm", "-f", "web");
            Ok(docker, "network", "rm", "ours", "used", "theirs", "idle", "next");
            Assert.Equal([], Reserved(host));
            host.DoctorIsContent();
        }
        finally
        {
            slow.Kill(entireProcessTree: true);
            slow.WaitForExit();
        }
    }

    // From the store, as an independent program reads it.
    private static string[] Reserved(TestHost host) => host.Shell(
        $"""
        python3 -c '
        import json, sqlite3
        rows = sqlite3.connect("{Path.Combine(host.Root, "data", "netctl.db")}").execute("select id from foreign_pools order by id")
        print("\n".join(row[0] for row in rows))'
        """).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Ok(DockerDaemon docker, params string[] arguments)
    {
        Output output = docker.Docker(arguments);
        Assert.True(output.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {output}");
        return output.StandardOutput.TrimEnd('\n');
    }
}
