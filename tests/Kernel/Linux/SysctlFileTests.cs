using System.Text;
using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Linux;

/// <summary>Settings that are read again and again by one descriptor.</summary>
public sealed class SysctlFileTests
{
    private const string Reserved = "net/ipv4/ip_local_reserved_ports";

    [KernelFact]
    public void A_value_is_read_whole_however_long_it_is() => HostNamespace.Run(static host =>
    {
        using SysctlFile file = SysctlFile.TryOpen(Reserved, host.Threads.Home)!;
        foreach (int ports in (int[])[1, 682, 683, 6000, 3])
        {
            string list = string.Join(',', Enumerable.Range(0, ports).Select(i => $"{10001 + (2 * i)}"));
            Write(list.Split(','));
            Assert.Equal(list, Command.Run("sysctl -n net.ipv4.ip_local_reserved_ports").TrimEnd());
            Assert.Equal(list, file.Read());
            Assert.Equal(list, Sysctl.Read(Reserved));
        }
    });

    // The kernel takes up to a page at a time, and adds what comes later to what came first.
    private static void Write(string[] ports)
    {
        using var file = new FileStream("/proc/sys/" + Reserved, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (string[] some in ports.Chunk(500))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Join(',', some)));
        }
    }

    [KernelFact]
    public void A_setting_that_has_gone_with_its_link_has_no_value_not_even_that_of_another_link() => HostNamespace.Run(static host =>
    {
        const string Setting = "net/ipv6/conf/f0/accept_ra";
        Assert.Null(SysctlFile.TryOpen(Setting, host.Threads.Home));
        Command.Run("ip link add f0 type bridge");
        using SysctlFile file = SysctlFile.TryOpen(Setting, host.Threads.Home)!;
        Assert.Equal("1", file.Read());
        Command.Run("sysctl -qw net.ipv6.conf.f0.accept_ra=2");
        Assert.Equal("2", file.Read());
        Command.Run("ip link set f0 name f1");
        Assert.Null(file.Read());
        Command.Run("ip link add f0 type bridge");
        Assert.Null(file.Read());
    });
}
