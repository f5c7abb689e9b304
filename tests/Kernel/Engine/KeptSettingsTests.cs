using Net.Kernel.Sysctls;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>Settings whose files stay open are those of the links that have the names now, and few files stay open.</summary>
public sealed class KeptSettingsTests
{
    [KernelFact]
    public void A_setting_is_that_of_the_link_that_has_the_name_now() => HostNamespace.Run(static host =>
    {
        using var settings = new KeptSettings(host.Threads.Home);
        Assert.Null(settings.TryRead(Of("f0")));
        Command.Run("ip link add f0 type bridge");
        Assert.Equal("1", settings.TryRead(Of("f0")));
        Command.Run("ip link set f0 name f1");
        Assert.Null(settings.TryRead(Of("f0")));
        Command.Run("ip link add f0 type bridge");
        Command.Run("sysctl -qw net.ipv6.conf.f0.accept_ra=2");
        Assert.Equal(("2", "1"), (settings.TryRead(Of("f0")), settings.TryRead(Of("f1"))));
    });

    [KernelFact]
    public void A_host_with_very_many_links_takes_no_more_than_256_descriptors_and_those_of_links_that_go_are_closed() =>
        HostNamespace.Run(static host =>
        {
            const int Links = 300;
            Command.RunWithInput(
                string.Concat(Enumerable.Range(0, Links).Select(i => $"link add kept{i} type bridge\n")), "ip", "-batch", "-");
            using var settings = new KeptSettings(host.Threads.Home);
            for (int round = 0; round < 2; round++)
            {
                Assert.All(Enumerable.Range(0, Links), i => Assert.Equal("1", settings.TryRead(Of($"kept{i}"))));
                Assert.Equal(256, Open());
            }

            Command.RunWithInput(string.Concat(Enumerable.Range(0, 200).Select(i => $"link delete kept{i}\n")), "ip", "-batch", "-");
            settings.CloseGone();
            Assert.Equal(56, Open());
        });

    private static string Of(string link) => $"net/ipv6/conf/{link}/accept_ra";

    private static int Open() => Directory.EnumerateFiles("/proc/self/fd")
        .Count(file => new FileInfo(file).LinkTarget?.Contains("/conf/kept", StringComparison.Ordinal) == true);
}
