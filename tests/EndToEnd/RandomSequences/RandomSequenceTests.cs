using System.Globalization;
using Net.Tests.EndToEnd.Plugins;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Random commands, good and bad, deaths of commands and of the daemon, over random drivers and options: after each the model,
/// netctl and the kernel agree, and at the end nothing is left. <c>NETCTL_SEEDS=FROM-TO</c> runs other seeds, <c>NETCTL_STEPS</c> another
/// number of steps.</summary>
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
        host.SeenNamespaces = ContainerSteps.Namespaces;
        Parents.Add(host);
        string before = KernelState.Of(host);
        var model = new Model(isOpen: seed % 3 != 0, hasIPv6: seed % 4 == 3);
        string[] arguments =
        [
            "--plugin-dir", PluginProcess.FolderOf(host), "--firewall-backend", seed % 2 == 0 ? "iptables" : "nftables",
            $"--icc={(model.IsOpen ? "true" : "false")}", .. model.Default.HasIPv6 ? ["--ipv6"] : (string[])[],
        ];
        using var plugin = PluginProcess.Start(host, Plugin);
        host.StartDaemon(arguments);
        var sequence = new Sequence(host, model, new Random(seed), Plugin);
        var random = new RandomSteps(sequence, () => host.StartDaemon(arguments));
        var witness = new Witness(host, model, Plugin);
        try
        {
            witness.Check();
            for (int step = 0; step < steps; step++)
            {
                random.Next();
                Agree(witness, sequence);
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

    /// <summary>Demands that all agree after a step.</summary>
    private static void Agree(Witness witness, Sequence sequence)
    {
        if (sequence.ChangedNothing)
        {
            witness.CheckUnchanged(sequence.RefusedStart);
            return;
        }

        CheckAll(witness, sequence.HasEndedCommands);
        ModelContainer[] running = [.. sequence.Model.Running];
        if (sequence.PickAny(running.Where(c => c.HasCommand && c.Links.Count > 0)) is { } linked)
        {
            new LinkWitness(sequence.Host, sequence.Model, witness.Last!).CheckVariables(linked);
        }

        if (sequence.PickAny(running.Where(c => c.Memberships.Exists(m => !m.Network.IsDefault))) is { } asks)
        {
            new NameWitness(sequence.Host, sequence.Model, witness.Last!).Check(sequence, asks);
        }
    }

    /// <summary>After the end of a command its network is taken down in the background, after the state is "exited": that is waited
    /// for. After each other step they agree at once.</summary>
    private static void CheckAll(Witness witness, bool mayWait)
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
                host.Shell($"ip netns delete {ContainerSteps.Namespace(container)}");
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
