using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>The sequences of calls of Docker Engine that were recorded: each whole and twice, with every call doubled, cut short after
/// every call, with every two neighbours changed, and in random orders. The kernel holds just what it should after each, and what it held
/// before when all is deleted.</summary>
/// <remarks>What it should is known of a simple model (<see cref="EngineModel"/>), and what the kernel has for a state of it is seen once
/// when that state is made in the shortest way. <c>NETCTL_SEED</c> repeats the random orders of a run.</remarks>
public sealed class RecordedSequenceTests
{
    private const int Orders = 3;

    [KernelTheory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public async Task The_kernel_holds_just_what_it_should_whatever_becomes_of_a_sequence(string backend)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("NETCTL_SEED"), out int given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        using TestHost host = TestHost.Create();
        host.StartDaemon(KernelPicture.DaemonArguments(backend));
        using var engine = new SocketCalls(host);

        // What the first networks change for good is there before.
        foreach (RecordedSequence sequence in RecordedSequence.All)
        {
            await PlayAsync(engine, [.. sequence.Before, .. sequence.Calls, .. sequence.Ends, .. sequence.EndsOfBefore]);
        }

        host.Shell(Graves.Script);
        KernelPicture before = KernelPicture.Of(host);
        var wrong = new List<string>();
        foreach (RecordedSequence sequence in RecordedSequence.All)
        {
            var replay = new Replay(host, engine, sequence);
            await replay.BeginAsync();
            await replay.PlayWholeAsync();
            foreach ((string what, IReadOnlyList<RecordedCall> calls) in InOrder(sequence))
            {
                await replay.PlayAsync(what, calls, isInOrder: true);
            }

            foreach ((string what, IReadOnlyList<RecordedCall> calls) in OutOfOrder(sequence, random))
            {
                await replay.PlayAsync(what, calls, isInOrder: false);
            }

            await replay.EndBeforeAsync();
            wrong.AddRange(replay.Wrong);
            string left = KernelPicture.Of(host).DifferenceFrom(before);
            wrong.AddRange(left.Length == 0 ? [] : [$"{sequence.Name}: at the end\n{left}"]);
        }

        Assert.True(wrong.Count == 0, $"seed {seed}; {wrong.Count} differ:\n{string.Join('\n', wrong.Take(10))}\n{host.DaemonLog}");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        Assert.Equal("", host.NetctlOk("network", "ls", "-q", "--filter", "name=engine-"));
        host.Shell(Graves.Script);
        Assert.Equal("", KernelPicture.Of(host).DifferenceFrom(before));
        host.NetctlOk("network", "create", "--subnet", "10.77.0.0/24", "own"); // nothing of it is reserved any more
        host.NetctlOk("doctor");
    }

    [KernelTheory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public async Task Cut_short_by_the_death_of_the_daemon_after_any_call_the_kernel_holds_the_same(string backend)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(KernelPicture.DaemonArguments(backend));
        using var engine = new SocketCalls(host);
        RecordedSequence sequence = RecordedSequence.All[0];
        await PlayAsync(engine, [.. sequence.Calls, .. sequence.Ends]);
        var replay = new Replay(host, engine, sequence);
        await replay.BeginAsync();
        RecordedCall[] calls = [.. sequence.Calls.Where(call => call.HasEffect)];
        for (int i = 1; i <= calls.Length; i++)
        {
            await replay.PlayAsync($"the daemon dies after call {i - 1}", calls[..i], isInOrder: true, then: () =>
            {
                host.KillDaemon();
                host.StartDaemon(KernelPicture.DaemonArguments(backend));
            });
        }

        Assert.True(replay.Wrong.Count == 0, $"{string.Join('\n', replay.Wrong)}\n{host.DaemonLog}");
    }

    private static async Task PlayAsync(SocketCalls engine, IEnumerable<RecordedCall> calls)
    {
        foreach (RecordedCall call in calls)
        {
            await engine.AskAsync(call);
        }
    }

    private static IEnumerable<(string What, IReadOnlyList<RecordedCall> Calls)> InOrder(RecordedSequence sequence)
    {
        yield return ("twice", [.. sequence.Calls, .. sequence.Calls]);
        RecordedCall[] calls = [.. sequence.Calls.Where(call => call.HasEffect)];
        yield return ("each call twice", [.. calls.SelectMany(call => new[] { call, call })]);
        for (int i = 0; i < calls.Length; i++)
        {
            yield return ($"call {i} twice", [.. calls[..i], calls[i], .. calls[i..]]);
            yield return ($"cut before call {i}", calls[..i]);
        }
    }

    private static IEnumerable<(string What, IReadOnlyList<RecordedCall> Calls)> OutOfOrder(RecordedSequence sequence, Random random)
    {
        RecordedCall[] calls = [.. sequence.Calls.Where(call => call.HasEffect)];
        for (int i = 1; i < calls.Length; i++)
        {
            yield return ($"call {i} before call {i - 1}", [.. calls[..(i - 1)], calls[i], calls[i - 1], .. calls[(i + 1)..]]);
        }

        for (int i = 0; i < Orders; i++)
        {
            RecordedCall[] shuffled = [.. calls];
            random.Shuffle(shuffled);
            yield return ($"order {i}", shuffled);
        }
    }
}
