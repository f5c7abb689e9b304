using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Two daemons never work on the same folders or the same network namespace, and nobody but root can keep one from starting or
/// working.</summary>
public sealed class DaemonLockTests
{
    private const string Nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups";

    [KernelFact]
    public void A_user_who_binds_an_abstract_socket_does_not_keep_the_daemon_from_starting()
    {
        using TestHost host = TestHost.Create();
        const string bind = "import socket; s = socket.socket(socket.AF_UNIX); s.bind(\"\\0netctl-daemon\"); print(1, flush=True); input()";
        using Process user = Holding(host, $"exec python3 -c '{bind}'");
        host.StartDaemon();
    }

    [KernelFact]
    public void A_user_cannot_lock_a_file_of_the_daemon_and_a_lock_on_a_file_that_was_open_to_all_is_no_daemon()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.StopDaemon();
        host.Shell($"cd {host.Root}; chmod 755 . run data; chmod 644 run/netctl.pid data/netctl.pid");
        using Process first = Locking(host, $"{host.ExecRoot}/netctl.pid");
        using Process second = Locking(host, $"{host.Root}/data/netctl.pid");

        // An earlier version made the files so that everybody could lock them.
        host.StartDaemon();
        foreach (string file in (string[])[$"{host.ExecRoot}/netctl.pid", $"{host.Root}/data/netctl.pid", "/run/netctl/locks/*"])
        {
            Assert.NotEqual(0, host.Run("sh", "-c", $"{Nobody} flock -s -n {file} true").ExitCode);
        }
    }

    [KernelFact]
    public void A_second_daemon_in_a_network_namespace_is_refused_whatever_its_folders_and_mounts_and_the_first_is_named()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        Output refused = Second(host);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            $"netctl daemon: another netctl daemon (process {host.DaemonId}) runs in this network namespace; stop it, or start this one in "
                + "a namespace of its own\n",
            refused.StandardError);

        // The lock goes with its holder, however that ends.
        host.KillDaemon();
        using Process third = host.Start("unshare", ["-m", "sh", "-c", "exec \"$NETCTL\" \"$@\"", "sh", .. Flags(host, "third")]);
        Wait(() => host.Run("sh", "-c", $"NETCTL_HOST=unix://{host.Root}/third.sock \"$NETCTL\" version").ExitCode == 0);
        third.Kill();
        third.WaitForExit();
    }

    [KernelFact]
    public void A_lock_that_a_child_of_a_killed_daemon_still_holds_for_a_moment_is_waited_for()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.StopDaemon();

        // The shell that has taken the locks is gone; its child has them open for another second.
        host.Shell(
            $"exec 8<>{host.ExecRoot}/netctl.pid 9<>{host.Root}/data/netctl.pid; flock -x 8; flock -x 9; "
                + "sleep 1 </dev/null >/dev/null 2>&1 &");
        host.StartDaemon();
    }

    [KernelFact]
    public void A_second_daemon_on_the_folders_of_another_is_refused_and_the_first_is_named()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach ((string flag, string folder) in ((string, string)[])[("--exec-root", host.ExecRoot), ("--data-root", $"{host.Root}/data")])
        {
            string[] flags = Flags(host, "second");
            flags[Array.IndexOf(flags, flag) + 1] = folder;
            Output refused = host.Run("unshare", ["-n", "-m", "sh", "-c", "exec \"$NETCTL\" \"$@\"", "sh", .. flags]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Equal(
                $"netctl daemon: {folder} belongs to a daemon that is running already (process {host.DaemonId}); stop that one, or give "
                    + $"this one another {flag}\n",
                refused.StandardError);
        }
    }

    [KernelFact]
    public void Locks_of_namespaces_that_are_gone_are_cleared_away_and_that_of_a_daemon_that_stops_too()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.KillDaemon();
        host.Shell("touch /run/netctl/locks/net-1.lock");
        host.StartDaemon();
        string inode = host.Shell("stat -L -c %i /proc/self/ns/net");
        Assert.Equal($"net-{inode}.lock", host.Shell("ls /run/netctl/locks"));
        host.StopDaemon();
        Assert.Equal("", host.Shell("ls /run/netctl/locks"));
    }

    [KernelFact]
    public void Where_run_cannot_be_written_the_daemon_starts_and_says_what_that_means()
    {
        using TestHost host = TestHost.Create();
        host.Shell("mount -o remount,ro /run/netctl");
        host.StartDaemon();
        Assert.Contains("a daemon with another --exec-root would not be seen", host.DaemonLog, StringComparison.Ordinal);
        Assert.Equal("700", host.Shell($"stat -c %a {host.ExecRoot}/locks"));
    }

    [KernelFact]
    public void A_program_that_holds_the_store_is_named_after_a_bounded_time()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string shared = $"{host.Root}/data/netctl.db-shm";
        Assert.NotEqual(0, host.Run("sh", "-c", $"{Nobody} cat {shared}").ExitCode);
        using Process holder = Holding(
            host,
            $"exec python3 -c 'import fcntl, os; f = open(\"{shared}\", \"r+b\"); fcntl.lockf(f, fcntl.LOCK_SH, 8, 120); "
                + "print(os.getpid(), flush=True); input()'",
            out string id);

        Output refused = host.Netctl("network", "create", "front");
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            $"Error response from daemon: the store {host.Root}/data/netctl.db is held by process {id} (python3); "
                + "end that one, then try again\n",
            refused.StandardError);
        holder.StandardInput.Close();
        holder.WaitForExit();
        host.NetctlOk("network", "create", "front");
    }

    private static Output Second(TestHost host) =>
        host.Run("unshare", ["-m", "sh", "-c", "exec \"$NETCTL\" \"$@\"", "sh", .. Flags(host, "second")]);

    private static string[] Flags(TestHost host, string name) =>
    [
        "daemon", "--data-root", $"{host.Root}/{name}-data", "--exec-root", $"{host.Root}/{name}-run",
        "--host", $"unix://{host.Root}/{name}.sock",
    ];

    private static Process Locking(TestHost host, string file) =>
        Holding(host, $"exec {Nobody} flock -s -n {file} sh -c 'echo 1; read line'");

    /// <summary>Starts a program that says a word once it holds what it is to hold, and ends when its input does.</summary>
    private static Process Holding(TestHost host, string script) => Holding(host, script, out _);

    private static Process Holding(TestHost host, string script, out string said)
    {
        Process holder = host.Start("sh", "-c", script);
        said = holder.StandardOutput.ReadLine() ?? "";
        Assert.True(said.Length > 0, script);
        return holder;
    }

    private static void Wait(Func<bool> condition) => TestHost.Eventually("the next daemon answers", condition);
}
