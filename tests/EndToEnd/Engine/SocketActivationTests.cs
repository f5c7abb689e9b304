using System.Diagnostics;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>The daemon takes the sockets that a service manager has opened for it, and tells that one how far it is.</summary>
public sealed class SocketActivationTests
{
    private const string Activate = "systemd-socket-activate";
    private const string PluginSocket = "/run/docker/plugins/netctl.sock";

    // Listens at the path that is its first argument, and becomes the program in the others with that socket as descriptor 3.
    private const string PassSocket =
        """
        import os, socket, sys
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(sys.argv[1])
        listener.listen()
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.execve(sys.argv[2], sys.argv[2:], dict(os.environ, LISTEN_FDS="1", LISTEN_PID=str(os.getpid())))
        """;

    // Listens at a path as a service manager does, and says when somebody connects, which would start the service.
    private const string ListenOnly =
        """
        import socket, sys
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(sys.argv[1])
        listener.listen()
        print("listening", flush=True)
        listener.accept()
        print("activated", flush=True)
        """;

    // Prints what is said to a service manager, a message a line.
    private const string Hear =
        """
        import socket, sys
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        manager.bind(sys.argv[1])
        print("listening", flush=True)
        while True:
            print(manager.recv(1000).decode().replace("\n", " "), flush=True)
        """;

    [ProgramFact(DockerDaemon.Program)]
    public void The_engine_starts_first_and_netctl_is_started_by_its_first_call()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        using DockerDaemon docker = DockerDaemon.Start(host);
        host.DaemonStarter = [Activate, "-l", PluginSocket];
        host.BeginDaemon("--plugin-dir", "/run/docker/plugins");
        AwaitListening(host, PluginSocket);
        Assert.False(File.Exists(host.Socket));

        Output create = docker.Docker("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        Assert.True(create.ExitCode == 0, $"{create}\n{host.DaemonLog}");
        Output run = docker.Docker(
            "run", "-d", "--name", "web", "--network", "front", "-p", "8080:80", DockerDaemon.Image,
            "busybox", "nc", "-ll", "-p", "80", "-e", "cat");
        Assert.True(run.ExitCode == 0, $"{run}\n{host.DaemonLog}");
        SteadyClient.AwaitServer(host, "8080");

        // The file of the socket is the service manager's: the daemon leaves it when it ends, and the next one is given it.
        host.StopDaemon();
        host.Shell($"test -S {PluginSocket}");
        host.BeginDaemon("--plugin-dir", "/run/docker/plugins");
        AwaitListening(host, PluginSocket);
        Assert.Equal(0, docker.Docker("rm", "-f", "web").ExitCode);
        Assert.Equal(0, docker.Docker("network", "rm", "front").ExitCode);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        host.DoctorIsContent();
    }

    [ProgramFact(Activate)]
    public void Both_sockets_are_taken_and_stay()
    {
        using TestHost host = TestHost.Create();
        string plugin = Path.Combine(host.Root, "plugins", "netctl.sock");
        host.DaemonStarter = [Activate, "-l", host.Socket, "-l", plugin];
        host.BeginDaemon();
        AwaitListening(host, plugin);
        string modes = Modes(host, plugin);
        host.AwaitDaemon();
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        Assert.Contains("NetworkDriver", new PluginCalls(host).AskOk("Plugin.Activate").ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(modes, Modes(host, plugin));

        // Who holds them is the daemon alone, not the process that holds a container and lives longer.
        host.NetctlOk("run", "-d", "sleep", "1000");
        host.StopDaemon();
        Assert.Equal(modes, Modes(host, plugin));
        Assert.DoesNotContain(host.Root, host.Shell("ss -Hlx | grep netctl.sock || true"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_socket_on_which_another_process_listens_is_left_to_it()
    {
        using TestHost host = TestHost.Create();
        string plugin = Path.Combine(host.Root, "plugins", "netctl.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(plugin)!);
        using Process manager = host.Start("python3", "-c", ListenOnly, plugin);
        Assert.Equal("listening", manager.StandardOutput.ReadLine());
        string file = host.Shell($"stat -c '%i %a' {plugin}");
        host.StartDaemon();
        host.LogSays(
            $"{plugin}: another process listens there (systemd's netctl.socket?), and Docker Engine does not reach this daemon; start it "
                + "with \"systemctl start netctl\", or stop netctl.socket first");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        host.StopDaemon();
        Assert.Equal(file, host.Shell($"stat -c '%i %a' {plugin}"));

        // Nobody has connected to it meanwhile. Once nobody listens, the file is replaced.
        manager.Kill();
        Assert.Null(manager.StandardOutput.ReadLine());
        Assert.True(File.Exists(plugin));
        host.StartDaemon();
        Assert.Contains("NetworkDriver", new PluginCalls(host).AskOk("Plugin.Activate").ToJsonString(), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_file_that_another_process_put_in_the_sockets_place_stays_when_the_daemon_ends()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string plugin = new PluginCalls(host).Socket;
        File.Delete(plugin);
        using Process manager = host.Start("python3", "-c", ListenOnly, plugin);
        Assert.Equal("listening", manager.StandardOutput.ReadLine());
        string file = host.Shell($"stat -c %i {plugin}");
        host.StopDaemon();
        Assert.Equal(file, host.Shell($"stat -c %i {plugin}"));
        manager.Kill();
    }

    [KernelFact]
    public void What_is_passed_to_another_process_is_not_touched()
    {
        using TestHost host = TestHost.Create();
        host.DaemonStarter = ["sh", "-c", "LISTEN_FDS=2 LISTEN_PID=1 exec \"$@\"", "sh"];
        host.StartDaemon();
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void What_is_no_socket_of_the_daemons_is_refused()
    {
        using TestHost host = TestHost.Create();
        host.DaemonStarter = ["sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$@\" 3</dev/null", "sh"];
        Output file = host.RunDaemonToItsEnd();
        Assert.Equal(1, file.ExitCode);
        Assert.Equal(
            "netctl daemon: descriptor 3, passed by the service manager (LISTEN_FDS), is no listening Unix stream socket; give its socket "
                + "unit ListenStream= with the path of a socket of the daemon\n",
            file.StandardError);

        string other = Path.Combine(host.Root, "other.sock");
        host.DaemonStarter = ["python3", "-c", PassSocket, other];
        Output unknown = host.RunDaemonToItsEnd();
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains(
            $"socket {other}, passed by the service manager (LISTEN_FDS), is none that", unknown.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(host.Root, "data")));
    }

    [KernelFact]
    public void The_service_manager_is_told_when_the_daemon_answers_and_when_it_ends()
    {
        using TestHost host = TestHost.Create();
        string place = Path.Combine(host.Root, "notify");
        using Process manager = host.Start("python3", "-c", Hear, place);
        Assert.Equal("listening", manager.StandardOutput.ReadLine());
        host.DaemonStarter = ["env", $"NOTIFY_SOCKET={place}"];
        host.BeginDaemon();
        Assert.Equal("READY=1", manager.StandardOutput.ReadLine());
        Assert.Equal("", host.NetctlOk("run", "--rm", "sh", "-c", "env | grep NOTIFY_SOCKET || true"));
        host.StopDaemon();
        Assert.Equal("STOPPING=1", manager.StandardOutput.ReadLine());

        // One that is gone keeps nobody from starting.
        manager.Kill();
        manager.WaitForExit();
        host.StartDaemon();
        host.LogSays("the service manager cannot be told READY=1");
    }

    [ProgramFact("systemd-analyze")]
    public void The_units_are_in_order()
    {
        using TestHost host = TestHost.Create();
        string units = Path.Combine(TestHost.RepositoryRoot(), "packaging", "systemd");
        Output verify = host.Run(
            "sh", "-ec",
            $"cp {units}/netctl.* {host.Root} && cd {host.Root} && sed -i \"s,/usr/bin/netctl,$NETCTL,\" netctl.service && "
                + "systemd-analyze verify --man=no ./netctl.service ./netctl.socket");
        Assert.Equal(new Output(0, "", ""), verify);
        Assert.Contains($"ListenStream={PluginSocket}\n", File.ReadAllText(Path.Combine(units, "netctl.socket")), StringComparison.Ordinal);
    }

    private static void AwaitListening(TestHost host, string socket) => TestHost.Eventually(
        $"something listens at {socket}",
        () => host.Shell("ss -Hlx").Contains($"{socket} ", StringComparison.Ordinal));

    private static string Modes(TestHost host, string plugin) => host.Shell($"stat -c '%n %a %i' {host.Socket} {plugin}");
}
