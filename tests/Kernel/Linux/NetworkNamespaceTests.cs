using System.Net;
using System.Net.Sockets;

using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Linux;

public sealed class NetworkNamespaceTests
{
    [KernelFact]
    public void Created_namespace_lives_at_its_path_until_removed() => HostNamespace.Run(static host =>
    {
        string path = $"{host.Directory}/n1";
        NamespaceId id;
        using (NetworkNamespace made = host.Threads.Create(path))
        {
            id = made.Id;
            Assert.NotEqual(host.Threads.Home.Id, id);
            Assert.Equal($"{id.Inode}\n", Command.Run("stat", "-L", "-c", "%i", path));
        }

        using (NetworkNamespace opened = host.Threads.Open(path))
        {
            Assert.Equal(id, opened.Id);
        }

        Assert.Equal(Errno.Exists, Assert.Throws<LinuxException>(() => host.Threads.Create(path)).Errno);
        NamespaceFile.Remove(path);
        Assert.False(File.Exists(path));
        NamespaceFile.Remove(path);
        Assert.Equal(Errno.NoEntry, Assert.Throws<LinuxException>(() => host.Threads.Open(path)).Errno);
    });

    [KernelFact]
    public void Namespace_of_a_process_is_opened() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace made = host.NewNamespace("c1");
        string process = Command.Run("sh", "-c", "ip netns exec c1 sleep 30 >/dev/null 2>&1 & echo $!").Trim();
        int id = int.Parse(process, System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            DateTime deadline = DateTime.UtcNow.AddSeconds(5);
            bool same = false;
            while (!same && DateTime.UtcNow < deadline)
            {
                using NetworkNamespace opened = host.Threads.OpenProcess(id);
                same = opened.Id == made.Id;
                Thread.Yield();
            }

            Assert.True(same);
        }
        finally
        {
            Command.Run($"kill {id}");
        }
    });

    [KernelFact]
    public void Thread_goes_home_after_each_visit_also_after_an_exception() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace made = host.NewNamespace("c1");
        string inside = made.Run(static () => File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name);
        Assert.Equal($"net:[{made.Id.Inode}]", inside);
        Assert.Throws<InvalidDataException>(() => made.Run(static () => throw new InvalidDataException("from inside")));
        string home = host.Threads.Home.Run(static () => File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name);
        Assert.Equal($"net:[{host.Threads.Home.Id.Inode}]", home);
        Assert.Throws<InvalidOperationException>(() => made.Run(() => made.Run(static () => 1)));
    });

    [KernelFact]
    public void Hundred_namespaces_are_made_and_removed_and_leave_nothing() => HostNamespace.Run(static host =>
    {
        for (int i = 0; i < 100; i++)
        {
            host.Threads.Create($"{host.Directory}/n{i}").Dispose();
        }

        for (int i = 0; i < 100; i++)
        {
            NamespaceFile.Remove($"{host.Directory}/n{i}");
        }

        Assert.Empty(Directory.EnumerateFiles(host.Directory));
        Assert.DoesNotContain(host.Directory, Command.Run("cat /proc/thread-self/mounts"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void Sysctls_are_those_of_the_namespace() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace made = host.NewNamespace("c1");
        Sysctl.Write("net/ipv4/ip_forward", "0");
        Sysctl.Write("net/ipv4/ip_forward", "1", made);
        Assert.Equal("0", Sysctl.Read("net/ipv4/ip_forward"));
        Assert.Equal("1", Sysctl.Read("net/ipv4/ip_forward", made));
        Assert.Equal("1\n", Command.Run("ip netns exec c1 cat /proc/sys/net/ipv4/ip_forward"));
        Assert.Null(Sysctl.Read("net/ipv4/conf/no.such/forwarding", made));
        LinuxException error = Assert.Throws<LinuxException>(() => Sysctl.Write("net/ipv4/conf/no.such/forwarding", "1", made));
        Assert.Equal(Errno.NoEntry, error.Errno);
        Assert.Equal(Errno.InvalidArgument, Assert.Throws<LinuxException>(() => Sysctl.Write("net/ipv4/ip_forward", "x", made)).Errno);
    });

    [KernelFact]
    public void Sockets_bound_inside_hold_their_port_there_and_are_used_from_outside() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace made = host.NewNamespace("c1");
        var address = new IPEndPoint(IPAddress.Loopback, 5353);
        using Socket udp = NamespaceSockets.BindUdp(address, made);
        using Socket outside = NamespaceSockets.BindUdp(address);
        Assert.Equal(Errno.AddressInUse, Assert.Throws<LinuxException>(() => NamespaceSockets.BindUdp(address, made)).Errno);

        using Socket client = NamespaceSockets.BindUdp(new IPEndPoint(IPAddress.Loopback, 0), made);
        client.SendTo("hello"u8, address);
        byte[] buffer = new byte[16];
        udp.ReceiveTimeout = 5000;
        Assert.Equal(5, udp.Receive(buffer));
        Assert.Equal(0, outside.Available);

        using Socket tcp = NamespaceSockets.ListenTcp(new IPEndPoint(IPAddress.IPv6Any, 8080), target: made);
        using Socket tcp4 = NamespaceSockets.ListenTcp(new IPEndPoint(IPAddress.Any, 8080), target: made);
        LinuxException taken =
            Assert.Throws<LinuxException>(() => NamespaceSockets.ListenTcp(new IPEndPoint(IPAddress.Any, 8080), target: made));
        Assert.Equal(Errno.AddressInUse, taken.Errno);
        Assert.Contains("8080", taken.Message, StringComparison.Ordinal);
        Command.Run("ip", "netns", "exec", "c1", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080");
        using Socket accepted = tcp4.Accept();
        Assert.Equal(AddressFamily.InterNetwork, accepted.AddressFamily);
    });

    [KernelFact]
    public void Port_holder_is_found_with_its_process() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace made = host.NewNamespace("c1");
        using Socket tcp = NamespaceSockets.ListenTcp(new IPEndPoint(IPAddress.Any, 8080), target: made);
        PortHolder holder = PortHolder.Find(ProtocolType.Tcp, 8080, IPAddress.Loopback, made)!;
        Assert.Equal(Environment.ProcessId, holder.ProcessId);
        Assert.Equal(File.ReadAllText("/proc/self/comm").Trim(), holder.ProcessName);
        Assert.Null(PortHolder.Find(ProtocolType.Tcp, 8080));
        Assert.Null(PortHolder.Find(ProtocolType.Udp, 8080, target: made));
        using Socket udp = NamespaceSockets.BindUdp(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 53), made);
        Assert.NotNull(PortHolder.Find(ProtocolType.Udp, 53, target: made));
        Assert.Null(PortHolder.Find(ProtocolType.Udp, 53, IPAddress.Loopback, made));
    });
}
