using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>A DNS server that does not answer is named, with whence containers have it.</summary>
public sealed class DeadResolverTests
{
    [KernelFact]
    public void A_dead_server_of_the_hosts_file_is_named()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 192.0.2.2' >/etc/resolv.conf");
        host.StartDaemon();
        Town.Build(host);
        Assert.Equal("", host.Netctl("exec", "web", "dig", "+short", "+time=8", "+tries=1", "example.org").StandardOutput.Trim());
        ToldFinding found = NamedAlone(host, "DNS server 192.0.2.2");
        Assert.Contains("/etc/resolv.conf", found.Cause, StringComparison.Ordinal);

        using Process server = Serve(host);
        host.DoctorIsContent();
        Assert.Equal("192.0.2.80", host.Dig("web", "other.example.org"));
        server.Kill();
    }

    [KernelFact]
    public void A_dead_server_that_was_named_for_a_container_is_named()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 192.0.2.2' >/etc/resolv.conf");
        host.StartDaemon();
        using Process server = Serve(host);
        Town.Build(host);
        host.NetctlOk("run", "-d", "--name", "lost", "--network", "front", "--dns", "192.0.2.3", "sleep", "1000");
        Assert.Equal("192.0.2.80", host.Dig("web", "example.org"));
        host.Netctl("exec", "lost", "dig", "+short", "+time=8", "+tries=1", "example.org");
        ToldFinding found = NamedAlone(host, "container lost");
        Assert.Contains("192.0.2.3", found.Cause, StringComparison.Ordinal);
        Assert.Contains("--dns for lost", found.Cause, StringComparison.Ordinal);

        host.NetctlOk("rm", "-f", "lost");
        host.DoctorIsContent();
        server.Kill();
    }

    [KernelFact]
    public void A_dead_server_before_one_that_answers_is_a_note()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("printf 'nameserver 192.0.2.3\\nnameserver 192.0.2.2\\n' >/etc/resolv.conf");
        host.StartDaemon();
        using Process server = Serve(host);
        Town.Build(host);
        Assert.Equal("192.0.2.80", host.NetctlOk("exec", "web", "dig", "+short", "+time=8", "+tries=1", "example.org"));
        Assert.True(NamedAlone(host, "DNS server 192.0.2.3").IsNote);
        server.Kill();
    }

    // The command that shows it is not successful, so it is not run here.
    private static ToldFinding NamedAlone(TestHost host, string subject)
    {
        TestHost.Eventually($"doctor names {subject}; it says {host.Netctl("doctor")}", () => ToldFinding.AllOf(host).Count == 1);
        ToldFinding found = Assert.Single(ToldFinding.AllOf(host));
        Assert.Equal(("dead-resolver", subject), (found.Kind, found.Object));
        Assert.Equal(found.IsNote ? 0 : 1, host.Netctl("doctor").ExitCode);
        return found;
    }

    // Answers every query with one address.
    private static Process Serve(TestHost host)
    {
        Process server = host.Start(
            "ip", "netns", "exec", "outside", "python3", "-c",
            """
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("192.0.2.2", 53))
            print("ready", flush=True)
            while True:
                q, who = s.recvfrom(2000)
                end = q.index(0, 12) + 5
                s.sendto(q[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + q[12:end] + b"\xc0\x0c\0\1\0\1\0\0\0\x05\0\4\xc0\0\2\x50", who)
            """);
        Assert.Equal("ready", server.StandardOutput.ReadLine());
        return server;
    }
}
