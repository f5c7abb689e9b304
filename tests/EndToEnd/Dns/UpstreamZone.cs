using System.Diagnostics;

namespace Net.Tests.EndToEnd.Dns;

/// <summary>dnsmasq as the host's name server, with a zone of many types.</summary>
internal sealed class UpstreamZone : IDisposable
{
    internal const string Program = "/usr/sbin/dnsmasq";

    private readonly Process _process;

    /// <summary>Starts it on 127.0.0.1 and names it in the host's resolv.conf, before the daemon is started.</summary>
    internal UpstreamZone(TestHost host)
    {
        string root = host.Root;
        File.WriteAllText(Path.Combine(root, "resolv.conf"), "nameserver 127.0.0.1\n");
        host.Shell($"mount --bind {root}/resolv.conf /etc/resolv.conf");
        string big = string.Concat(Enumerable.Range(0, 9).Select(static i => $"txt-record=big.example.org,{i}{new string('x', 200)}\n"));
        string huge = string.Concat(Enumerable.Range(0, 40).Select(static i => $"txt-record=huge.example.org,{i}{new string('y', 240)}\n"));
        File.WriteAllText(Path.Combine(root, "dnsmasq.conf"), Settings + big + huge);
        _process = host.Start(Program, "--keep-in-foreground", $"--conf-file={root}/dnsmasq.conf");
        TestHost.Eventually("dnsmasq answers", () => host.Run("dig", "@127.0.0.1", "+time=1", "+tries=1", "a.example.org").ExitCode == 0);
    }

    /// <summary>What there is to ask: names with a type each, among them what is not there.</summary>
    internal static (string Name, int Type)[] Questions =>
    [
        ("a.example.org", 1), ("a.example.org", 28), ("A.eXample.ORG", 1), ("four.example.org", 28), ("example.org", 2), ("example.org", 6),
        ("example.org", 15),
        ("example.org", 257),
        ("t.example.org", 16),
        ("_sip._tcp.example.org", 33),
        ("h.example.org", 65),
        ("u.example.org", 65280),
        ("c1.example.org", 1),
        ("c1.example.org", 28),
        ("c1.example.org", 5),
        ("10.2.0.192.in-addr.arpa", 12),
        ("11.2.0.192.in-addr.arpa", 12),
        ("no.example.org", 1), ("no.example.org", 28), ("x.no.example.org", 1), ("big.example.org", 16), ("huge.example.org", 16),
        ("a.example.org", 48), ("a.example.org", 255),
    ];

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private const string Settings =
        """
        port=53
        listen-address=127.0.0.1
        bind-interfaces
        no-resolv
        no-hosts
        user=root
        pid-file=
        local=/example.org/
        local=/in-addr.arpa/
        local-ttl=600
        edns-packet-max=4096
        host-record=a.example.org,192.0.2.10,2001:db8::10
        host-record=four.example.org,192.0.2.11
        cname=c1.example.org,c2.example.org
        cname=c2.example.org,c3.example.org
        cname=c3.example.org,a.example.org
        mx-host=example.org,mail.example.org,10
        txt-record=t.example.org,hello,"two words"
        srv-host=_sip._tcp.example.org,a.example.org,5060,1,2
        caa-record=example.org,0,issue,ca.example.org
        ptr-record=10.2.0.192.in-addr.arpa,a.example.org
        dns-rr=example.org,2,026e73076578616d706c65036f726700
        dns-rr=example.org,6,026e73076578616d706c65036f726700026873076578616d706c65036f7267000000000100000002000000030000000400000005
        dns-rr=h.example.org,65,00010000010006026832026833
        dns-rr=u.example.org,65280,deadbeef

        """;
}
