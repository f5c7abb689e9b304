using System.Text.Json;

using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

public sealed class SandboxMountTests
{
    [KernelFact]
    public async Task Command_sees_its_own_files_host_name_and_interfaces_and_the_host_keeps_its_own()
    {
        string hostsBefore = File.ReadAllText("/etc/hosts");
        string nameBefore = Environment.MachineName;
        string[] mountsBefore = MountsOfTheHost();
        await using (var host = new ShimHost())
        {
            FileMount[] files =
            [
                host.NewFile("/etc/hosts", "192.0.2.7 web\n"),
                host.NewFile("/etc/resolv.conf", "nameserver 127.0.0.11\n"),
            ];
            SandboxId id = await host.StartAsync(
                ShimHost.Shell("cat /etc/hosts /etc/resolv.conf; hostname; ls /sys/class/net; ls /sys/fs/cgroup | wc -l; ip -j link"),
                host.NewNamespace(),
                "web-1",
                files);
            string[] lines = (await host.OutcomeAsync(id)).Output.Split('\n');

            Assert.Equal(["192.0.2.7 web", "nameserver 127.0.0.11", "web-1", "lo"], lines[..4]);
            Assert.Equal(
                Directory.GetFileSystemEntries("/sys/fs/cgroup").Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
                lines[4]);
            using JsonDocument links = JsonDocument.Parse(lines[5]);
            Assert.Equal("lo", Assert.Single(links.RootElement.EnumerateArray()).GetProperty("ifname").GetString());
        }

        Assert.Equal(hostsBefore, File.ReadAllText("/etc/hosts"));
        Assert.Equal(nameBefore, Command.Run("hostname").Trim());
        Assert.Equal(mountsBefore, MountsOfTheHost());
    }

    [KernelFact]
    public async Task In_host_mode_the_command_is_in_the_hosts_namespaces()
    {
        await using var host = new ShimHost();
        const string Script = "readlink /proc/self/ns/net /proc/self/ns/mnt; hostname";
        SandboxId id = await host.StartAsync(Script);
        Assert.Equal(Command.Run("sh", "-c", Script), (await host.OutcomeAsync(id)).Output);
    }

    [KernelFact]
    public async Task A_file_that_the_host_does_not_have_is_passed_over_and_said()
    {
        await using var host = new ShimHost();
        var file = new FileMount("/etc/no-such-file", host.NewFile("/etc/hosts", "x").Source);
        SandboxId id = await host.StartAsync(ShimHost.Shell("echo fine"), host.NewNamespace(), "h", file);
        Assert.Equal("fine\n", (await host.OutcomeAsync(id)).Output);
        Assert.Contains(
            "/etc/no-such-file does not exist", File.ReadAllText(Path.Combine(host.Shims, id.Value, "shim.log")), StringComparison.Ordinal);
        Assert.False(File.Exists("/etc/no-such-file"));
    }

    [KernelFact]
    public async Task A_file_replaced_on_the_host_stays_covered()
    {
        await using var host = new ShimHost();
        string target = Path.Combine(host.Root, "replaced.conf");
        File.WriteAllText(target, "the host's");
        SandboxId id = await host.StartAsync(
            ShimHost.Program("sleep", "1000"), host.NewNamespace(), "h", new FileMount(target, host.NewFile("/ours", "ours").Source));

        File.WriteAllText(target + ".new", "the host's new one");
        File.Move(target + ".new", target, overwrite: true); // takes our mount on it away

        string seen = string.Empty;
        for (int attempt = 0; attempt < 50 && seen != "ours"; attempt++)
        {
            await using IProcessStreams streams = await host.Processes.ExecAsync(id, ShimHost.Program("cat", target), default);
            seen = (await ShimHost.ReadToEndAsync(streams)).Output;
        }

        Assert.Equal("ours", seen);
    }

    [KernelFact]
    public async Task A_link_switched_on_the_host_stays_covered_and_what_it_leads_to_is_not()
    {
        await using var host = new ShimHost();
        string target = Path.Combine(host.Root, "link.conf");
        string[] leads = [Path.Combine(host.Root, "stub.conf"), Path.Combine(host.Root, "real.conf")];
        File.WriteAllText(leads[0], "the host's");
        File.CreateSymbolicLink(target, leads[0]);
        SandboxId id = await host.StartAsync(
            ShimHost.Program("sleep", "1000"), host.NewNamespace(), "h", new FileMount(target, host.NewFile("/ours", "ours").Source));
        Assert.Equal("ours", await SeenAsync(target));
        Assert.Equal("the host's", await SeenAsync(leads[0]));

        File.WriteAllText(leads[1], "the host's other");
        File.CreateSymbolicLink(target + ".new", leads[1]);
        File.Move(target + ".new", target, overwrite: true);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await SeenAsync(target) != "ours")
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), "the link is not covered again");
        }

        async Task<string> SeenAsync(string path)
        {
            await using IProcessStreams streams = await host.Processes.ExecAsync(id, ShimHost.Program("cat", path), default);
            return (await ShimHost.ReadToEndAsync(streams)).Output;
        }
    }

    [KernelFact]
    public async Task A_file_deleted_on_the_host_is_covered_again_when_it_comes_back()
    {
        await using var host = new ShimHost();
        string target = Path.Combine(host.Root, "deleted.conf");
        File.WriteAllText(target, "the host's");
        SandboxId id = await host.StartAsync(
            ShimHost.Program("sleep", "1000"), host.NewNamespace(), "h", new FileMount(target, host.NewFile("/ours", "ours").Source));

        File.Delete(target);
        Assert.Equal(string.Empty, await SeenAsync()); // the shim has had its news of the mount by then
        File.WriteAllText(target, "the host's new one");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        string seen = string.Empty;
        while (seen != "ours" && clock.Elapsed < TimeSpan.FromSeconds(15))
        {
            seen = await SeenAsync();
        }

        Assert.Equal("ours", seen);

        async Task<string> SeenAsync()
        {
            await using IProcessStreams streams = await host.Processes.ExecAsync(id, ShimHost.Program("cat", target), default);
            return (await ShimHost.ReadToEndAsync(streams)).Output;
        }
    }

    [KernelFact]
    public async Task A_sandbox_does_not_keep_anothers_namespace_alive()
    {
        await using var host = new ShimHost();
        string first = host.NewNamespace();
        string second = host.NewNamespace();
        SandboxId id = await host.StartAsync(ShimHost.Program("sleep", "1000"), second, "h");
        await using IProcessStreams streams = await host.Processes.ExecAsync(id, ShimHost.Program("cat", "/proc/self/mountinfo"), default);
        string mounts = (await ShimHost.ReadToEndAsync(streams)).Output;
        Assert.DoesNotContain(first, mounts, StringComparison.Ordinal);
        Assert.DoesNotContain(second, mounts, StringComparison.Ordinal);
    }

    // Other tests bind their namespaces meanwhile; those are not on these.
    private static string[] MountsOfTheHost() =>
        [
            .. File.ReadLines("/proc/self/mountinfo")
            .Where(line => line.Contains(" /etc", StringComparison.Ordinal) || line.Contains(" /sys", StringComparison.Ordinal)),
        ];
}
