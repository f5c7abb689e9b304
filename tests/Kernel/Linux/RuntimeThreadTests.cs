using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Linux;

public sealed class RuntimeThreadTests
{
    private const string ThisThread = "/proc/thread-self/ns/net";

    [KernelFact]
    public void Priming_ends_also_where_loopback_is_down() => HostNamespace.Run(static host =>
    {
        Command.Run("ip link set lo down");
        RuntimePrimer.Prime();
    });

    [KernelFact]
    public void Pool_and_timer_threads_stay_in_the_machines_namespace_whatever_is_visited() => HostNamespace.Run(static host =>
    {
        string machine = File.ResolveLinkTarget("/proc/self/ns/net", false)!.Name;
        using NetworkNamespace inner = host.NewNamespace("c1");
        Assert.NotEqual(machine, host.Threads.Home.Run(static () => File.ResolveLinkTarget(ThisThread, false)!.Name));
        for (int i = 0; i < 200; i++)
        {
            inner.Run(static () => 1);
            string seen = string.Empty;
            using var done = new ManualResetEventSlim(false);
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    seen = File.ResolveLinkTarget(ThisThread, false)!.Name;
                    done.Set();
                },
                null);
            done.Wait();
            Assert.Equal(machine, seen);
        }
    });

    [KernelFact]
    public void Test_that_fails_leaves_nothing_on_the_machine()
    {
        string Look() =>
            string.Join(
                '\n', Command.Json("ip -j link show").EnumerateArray().Select(static link => link.GetProperty("ifname").GetString()));
        string before = Look();
        string mounts = File.ReadAllText("/proc/self/mounts");
        Assert.Throws<InvalidDataException>(() => HostNamespace.Run(static host =>
        {
            host.NewNamespace("left");
            Command.Run("ip link add br-left type bridge");
            throw new InvalidDataException("on purpose");
        }));
        Assert.Equal(before, Look());
        Assert.Equal(mounts, File.ReadAllText("/proc/self/mounts"));
        Assert.False(Directory.Exists("/run/test"));
    }
}
