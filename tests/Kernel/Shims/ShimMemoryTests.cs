using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Linux.Processes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Shims;

/// <summary>The memory of its own that a shim takes, whatever its commands write.</summary>
public sealed class ShimMemoryTests
{
    /// <summary>What a container may cost, in KiB.</summary>
    private const int Most = 2560;

    private static readonly LogLimits Usual = new() { MaximumSize = 10 << 20, MaximumFiles = 3 };

    [KernelFact]
    public async Task A_command_that_writes_on_and_on_does_not_make_its_shim_larger()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync(ShimHost.Shell("timeout 4 yes; exec sleep 1000"), Usual, isAttached: false);
        int command = await CommandOfAsync(host, id);
        do
        {
            Assert.InRange(OwnKiBOfShim(command), 0, Most);
            await Task.Delay(100);
        }
        while (ProcessFile.Read(command, "comm") != "sleep\n");

        Assert.InRange(OwnKiBOfShim(command), 0, Most);
    }

    [KernelFact]
    public async Task What_the_output_of_further_commands_has_taken_is_given_back()
    {
        await using var host = new ShimHost();
        SandboxId id = await host.StartAsync("while :; do echo a line; sleep 0.1; done");
        int command = await CommandOfAsync(host, id);
        for (int i = 0; i < 20; i++)
        {
            await using IProcessStreams streams = await host.Processes.ExecAsync(id, ShimHost.Shell("yes | head -c 3000000"), default);
            Assert.Equal(3_000_000, (await ShimHost.ReadToEndAsync(streams)).Output.Length);
        }

        await Eventually.HoldsAsync(() => OwnKiBOfShim(command) <= Most);
    }

    private static async Task<int> CommandOfAsync(ShimHost host, SandboxId id) =>
        (await host.Processes.ReadStateAsync(id, default))!.ProcessId!.Value;

    private static int OwnKiBOfShim(int command) => ProcessMemory.OwnKiB(ProcessStatus.Read(command)!.Value.ParentId);
}
