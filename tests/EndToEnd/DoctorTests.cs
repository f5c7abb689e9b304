using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What somebody has broken is named and mended, and what cannot be is named with who is in the way.</summary>
public sealed class DoctorTests
{
    [KernelFact]
    public void What_was_taken_away_is_named_and_mended()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        string before = KernelState.Of(host);
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));

        host.NetctlOk("exec", "web", "ip", "route", "del", "default");
        Output broken = host.Netctl("doctor");
        Output mended = host.Netctl("doctor", "--fix");

        Assert.Equal(
            (1, true), (broken.ExitCode, broken.StandardOutput.StartsWith("missing: route:web:0.0.0.0/0", StringComparison.Ordinal)));
        Assert.Contains("(container web)", broken.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(0, mended.ExitCode);
        Assert.StartsWith("mended missing: route:web:0.0.0.0/0", mended.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("default via", host.NetctlOk("exec", "web", "ip", "route"), StringComparison.Ordinal);
        Assert.Equal(before, KernelState.Of(host));
    }

    [KernelFact]
    public void A_program_reads_what_is_found_as_json_and_tells_by_the_exit_code_whether_there_was_a_look_at_all()
    {
        using TestHost host = TestHost.Create();
        Assert.Equal(2, host.Netctl("doctor").ExitCode);
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        Assert.Equal(
            """{"Differences":[],"Findings":[]}""", host.NetctlOk("doctor", "--format", "json"));
        host.NetctlOk("exec", "web", "ip", "route", "del", "default");
        Output found = host.Netctl("doctor", "--format", "{{range .Differences}}{{.Kind}} {{.OwnerName}}{{end}}");
        Assert.Equal((1, "missing container web"), (found.ExitCode, found.StandardOutput.Trim()));
        Output mended = host.Netctl("doctor", "--fix", "--format", "{{len .Mended}} {{len .Left}}");
        Assert.Equal((0, "1 0"), (mended.ExitCode, mended.StandardOutput.Trim()));
        Assert.Equal(2, host.Netctl("doctor", "--format", "{{.Nothing").ExitCode);
        Assert.Equal(2, host.Netctl("doctor", "--fixed").ExitCode);
    }

    [KernelFact]
    public void Who_has_taken_a_port_meanwhile_is_named_and_the_port_is_had_back_when_it_goes()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        host.KillDaemon();
        using Process thief = host.Start("python3", "-c",
            "import socket,time; s=socket.socket(); s.setsockopt(1, 2, 1); s.bind(('0.0.0.0', 8080)); s.listen(); print('ready', " +
            "flush=True); time.sleep(1000)");
        Assert.Equal("ready", thief.StandardOutput.ReadLine());
        host.StartDaemon(TestHost.MendsNothing);

        Output look = host.Netctl("doctor");
        Output fix = host.Netctl("doctor", "--fix");
        thief.Kill();
        thief.WaitForExit();
        Output again = host.Netctl("doctor", "--fix");

        Assert.Equal(1, look.ExitCode);
        Assert.Contains("8080/tcp", look.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"(pid {thief.Id})", look.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(1, fix.ExitCode);
        Assert.Contains("not mended", fix.StandardOutput, StringComparison.Ordinal);
        Assert.True(again.ExitCode == 0, $"{again}");
        Assert.Contains("netctl", host.Shell("ss -Hltnp 'sport = :8080'"), StringComparison.Ordinal);
        Assert.Equal("80/tcp -> 0.0.0.0:8080", host.NetctlOk("port", "web").Split('\n')[0]);
    }

    [KernelFact]
    public void Info_and_the_log_say_which_backend_was_taken_and_why()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", "nftables");

        Assert.Equal("nftables", host.NetctlOk("info", "--format", "{{.FirewallBackend.Driver}}"));
        Assert.Contains(" Reason: --firewall-backend nftables was given", host.NetctlOk("info"), StringComparison.Ordinal);
        host.LogSays("firewall backend nftables: --firewall-backend nftables was given");
    }

    [KernelFact]
    public void The_default_bridge_is_made_as_the_daemons_flags_say()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--ip", TestHost.Address, "--icc=false");
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");

        Assert.Equal($"80/tcp -> {TestHost.Address}:8080", host.NetctlOk("port", "web"));
        Assert.Equal(
            "false",
            host.NetctlOk("network", "inspect", "--format", "{{index .Options \"com.docker.network.bridge.enable_icc\"}}", "bridge"));
    }
}
