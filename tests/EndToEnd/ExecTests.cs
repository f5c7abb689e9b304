using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>As whom, where and with which variables <c>exec</c> runs a command, and its exit code when it cannot.</summary>
public sealed class ExecTests
{
    private const string Seen = "echo $(id -u):$(id -g) $PWD $HOME ${A-none} ${B-none}";

    [KernelFact]
    public void It_has_the_containers_user_directory_and_variables_unless_others_are_given()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        File.WriteAllText(Path.Combine(host.Root, "env"), "# comment\nA=file\nB=file\n");
        host.NetctlOk("run", "-d", "--name", "c", "-u", "4001:4002", "-w", "/usr", "-e", "A=run", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "plain", "sleep", "1000");

        Assert.Equal("4001:4002 /usr / run none", host.NetctlOk("exec", "c", "sh", "-c", Seen));
        Assert.Equal("4003:0 /etc / run none", host.NetctlOk("exec", "-u", "4003", "-w", "/etc", "c", "sh", "-c", Seen));
        Assert.Equal("0:0 /usr /root run none", host.NetctlOk("exec", "--user", "root", "c", "sh", "-c", Seen));
        Assert.Equal(
            "0:0 / /root flag file",
            host.NetctlOk("exec", "--env-file", $"{host.Root}/env", "-e", "A=flag", "plain", "sh", "-c", Seen));
        Assert.Equal("in", host.Shell("echo in | \"$NETCTL\" exec -i -u 4001 c cat"));
        Assert.Contains(
            "/dev/pts/", host.Shell("script -qec '\"$NETCTL\" exec -it -u 4001 c tty' /dev/null </dev/null"), StringComparison.Ordinal);

        string made = Path.Combine(host.Root, "made");
        host.NetctlOk("exec", "-d", "plain", "sh", "-c", $"{Seen} > {made}.part; mv {made}.part {made}");
        TestHost.Eventually("the command in the background has run", () => File.Exists(made));
        Assert.Equal("0:0 / /root none none\n", File.ReadAllText(made));
    }

    [KernelFact]
    public void What_cannot_be_run_exits_with_126_and_what_is_not_there_with_127()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        File.WriteAllText(Path.Combine(host.Root, "plain"), "no program");
        host.Shell($"mkdir -m 700 {host.Root}/secret; cp /bin/true {host.Root}/secret/true; chmod 755 {host.Root}");
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        foreach ((string[] words, int code, string said) in new (string[], int, string)[]
            {
                (["c", "no-such-program"], 127, "executable file not found in $PATH"),
                (["c", Path.Combine(host.Root, "plain")], 126, "permission denied"),
                (["-u", "4001", "c", $"{host.Root}/secret/true"], 126, "permission denied"),
                (["-u", "nosuch", "c", "true"], 126, "unable to find user nosuch: no matching entries in passwd file"),
                (["-w", "/nosuch", "c", "true"], 127, "no such file or directory"),
                (["c", "sh", "-c", "exit 126"], 126, ""),
                (["nobody", "true"], 1, "No such container: nobody"),
                (["--privileged", "c", "true"], 1, "unknown flag: --privileged"),
            })
        {
            Output output = host.Netctl(["exec", .. words]);
            Assert.Equal(code, output.ExitCode);
            Assert.Contains(said, output.StandardError, StringComparison.Ordinal);
        }

        host.NetctlOk("stop", "-t", "0", "c");
        Output ended = host.Netctl("exec", "c", "true");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("is not running", ended.StandardError, StringComparison.Ordinal);
    }
}
