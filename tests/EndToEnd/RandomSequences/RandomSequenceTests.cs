using System.Globalization;
using Net.Tests.EndToEnd.Plugins;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Random commands, deaths of commands and of the daemon, over random drivers and options: after each the model, netctl and the
/// kernel agree, and at the end nothing is left. <c>NETCTL_SEEDS=FROM-TO</c> runs other seeds, <c>NETCTL_STEPS</c> another number of
/// steps.</summary>
public sealed class RandomSequenceTests
{
    private const string Plugin = "wires";

    public static TheoryData<int> Seeds
    {
        get
        {
            int[] range =
            [
                .. (Environment.GetEnvironmentVariable("NETCTL_SEEDS") ?? "2-4").Split('-')
                    .Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
            ];
            return [.. Enumerable.Range(range[0], range[^1] - range[0] + 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_each_step_the_model_the_answers_and_the_kernel_agree_and_at_the_end_nothing_is_left(int seed)
    {
        int steps = int.Parse(Environment.GetEnvironmentVariable("NETCTL_STEPS") ?? "40", CultureInfo.InvariantCulture);
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        string[] arguments =
            ["--plugin-dir", PluginProcess.FolderOf(host), "--firewall-backend", seed % 2 == 0 ? "iptables" : "nftables"];
        using var plugin = PluginProcess.Start(host, Plugin);
        host.StartDaemon(arguments);
        var model = new Model();
        var random = new Random(seed);
        var sequence = new RandomSteps(host, model, random, Plugin, () =>
        {
            host.KillDaemon();
            host.StartDaemon(arguments);
        });
        var witness = new Witness(host, model, Plugin);
        try
        {
            for (int step = 0; step < steps; step++)
            {
                sequence.Next();
                Agree(witness, sequence.LastEndedCommand);
                witness.CheckNames(random);
            }

            Output doctor = host.Netctl("doctor");
            Assert.True(doctor.ExitCode == 0, $"{doctor}");
            RemoveAll(host, model);
            witness.Check();
            Assert.Empty(plugin.Known("networks"));
            Assert.Empty(plugin.Known("endpoints"));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"seed {seed}, after these steps:\n{string.Join('\n', sequence.Done)}\nthe model:\n{model}\n{error.Message}\n"
                    + host.DaemonLog,
                error);
        }

        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        string after = "";
        SpinWait.SpinUntil(() => before == (after = KernelState.Of(host)), TimeSpan.FromSeconds(20));
        Assert.Equal(before, after);
        Assert.Equal(0, host.Shims());
    }

    /// <summary>After the end of a command its network is taken down in the background, after the state is "exited": that is waited
    /// for. After each other step they agree at once.</summary>
    private static void Agree(Witness witness, bool mayWait)
    {
        long deadline = Environment.TickCount64 + 10_000;
        while (true)
        {
            try
            {
                witness.Check();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (mayWait && Environment.TickCount64 < deadline)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static void RemoveAll(TestHost host, Model model)
    {
        foreach (ModelContainer container in model.Containers)
        {
            host.NetctlOk("rm", "-f", container.Name);
            if (container.Source == StackSource.Adopted)
            {
                host.Shell($"ip netns delete {RandomSteps.Namespace(container)}");
            }
        }

        model.Containers.Clear();
        foreach (ModelNetwork network in model.Networks.Where(n => !n.IsDefault))
        {
            host.NetctlOk("network", "rm", network.Name);
        }

        model.Networks.RemoveAll(n => !n.IsDefault);
    }
}
