using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A published port is the daemon's: no other program takes it, also after a restart, until it is given back.</summary>
public sealed class HeldPortTests
{
    [KernelFact]
    public void No_other_program_takes_a_published_port_until_it_is_given_back()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "-p", "5353:53/udp", "sleep", "1000");
        AssertHeld(host);

        host.KillDaemon();
        host.StartDaemon();
        AssertHeld(host);

        host.NetctlOk("rm", "-f", "web");
        Assert.Equal(0, Bind(host, "SOCK_STREAM", 8080));
        Assert.Equal(0, Bind(host, "SOCK_DGRAM", 5353));
    }

    private static void AssertHeld(TestHost host)
    {
        Assert.NotEqual(0, Bind(host, "SOCK_STREAM", 8080));
        Assert.NotEqual(0, Bind(host, "SOCK_DGRAM", 5353));
        Assert.Contains("netctl", host.Shell("ss -Hltnp 'sport = :8080'"), StringComparison.Ordinal);
        Assert.Contains("netctl", host.Shell("ss -Hlunp 'sport = :5353'"), StringComparison.Ordinal);
    }

    // As most servers do it, with SO_REUSEADDR.
    private static int Bind(TestHost host, string type, int port) => host.Run("python3", "-c", string.Create(
        CultureInfo.InvariantCulture,
        $"""
         import socket
         s = socket.socket(socket.AF_INET, socket.{type}); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
         s.bind(('0.0.0.0', {port}))
         if '{type}' == 'SOCK_STREAM': s.listen()
         """)).ExitCode;
}
