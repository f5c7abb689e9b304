namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>Plays variants of one sequence on a host, and compares what the kernel has then with what it should have.</summary>
/// <param name="host">The host.</param>
/// <param name="engine">Calls the daemon there.</param>
/// <param name="sequence">The sequence.</param>
internal sealed class Replay(TestHost host, SocketCalls engine, RecordedSequence sequence)
{
    private readonly EngineModel _before = new();
    private readonly Dictionary<string, KernelPicture> _pictures = new(StringComparer.Ordinal);
    private int _reservations;

    /// <summary>What was not as it should be.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Makes what was there before the sequence.</summary>
    public async Task BeginAsync()
    {
        foreach (RecordedCall call in sequence.Before)
        {
            await AskOkAsync(call);
            _before.Follow(call);
        }

        _pictures[_before.Name] = KernelPicture.Of(host);
    }

    /// <summary>Plays the sequence as it was recorded, in which no call is refused.</summary>
    public async Task PlayWholeAsync()
    {
        EngineModel model = _before.Copy();
        foreach (RecordedCall call in sequence.Calls)
        {
            await AskOkAsync(call);
            model.Follow(call);
        }

        await CompareAsync("whole", sequence.Calls, model, KernelPicture.Of(host));
    }

    /// <summary>Plays calls.</summary>
    /// <param name="what">How they differ from the sequence.</param>
    /// <param name="calls">The calls. To leave or delete an endpoint or a network is never refused.</param>
    /// <param name="isInOrder">Whether they are in the order that was recorded: then the network driver refuses none. IPAM refuses a
    /// second request for one address.</param>
    /// <param name="then">What happens after them.</param>
    /// <param name="lastly">Makes the last of them, and gives what it was refused for; null for a call like the others.</param>
    public async Task PlayAsync(
        string what,
        IReadOnlyList<RecordedCall> calls,
        bool isInOrder,
        Action? then = null,
        Func<RecordedCall, Task<string>>? lastly = null)
    {
        EngineModel model = _before.Copy();
        for (int i = 0; i < calls.Count; i++)
        {
            RecordedCall call = calls[i];
            string refusal = await (lastly is not null && i == calls.Count - 1 ? lastly(call) : AskAsync(call));
            bool mayBe = !call.Method.StartsWith("NetworkDriver.", StringComparison.Ordinal) || (!isInOrder && !Ends(call));
            if (refusal.Length > 0 && !mayBe)
            {
                Wrong.Add($"{sequence.Name}: {what}: {string.Join(", ", calls)}\n{call} is refused: {refusal}");
            }

            model.Follow(call);
        }

        then?.Invoke();
        await CompareAsync(what, calls, model, KernelPicture.Of(host));
    }

    /// <summary>How what the kernel has now differs from what it has after calls that were played before; empty where it does
    /// not.</summary>
    public string DifferenceAfter(IEnumerable<RecordedCall> calls)
    {
        EngineModel model = _before.Copy();
        foreach (RecordedCall call in calls)
        {
            model.Follow(call);
        }

        return KernelPicture.Of(host).DifferenceFrom(_pictures[model.Name]);
    }

    /// <summary>Undoes what was there before the sequence.</summary>
    public async Task EndBeforeAsync()
    {
        foreach (RecordedCall call in sequence.EndsOfBefore)
        {
            await AskOkAsync(call);
        }

        // Each time that the sequence was played, it may have reserved a subnet of what was there before once more.
        foreach (RecordedCall call in sequence.EndsOfBefore.Where(call => call.Method == "IpamDriver.ReleasePool")
            .DistinctBy(call => call.Text("PoolID")))
        {
            for (int i = 0; i < _reservations; i++)
            {
                await AskOkAsync(call);
            }
        }
    }

    private static bool Ends(RecordedCall call) =>
        call.Method is "NetworkDriver.Leave" or "NetworkDriver.DeleteEndpoint" or "NetworkDriver.DeleteNetwork";

    private async Task CompareAsync(string what, IReadOnlyList<RecordedCall> calls, EngineModel model, KernelPicture found)
    {
        await EndAsync();
        if (model.Name != _before.Name)
        {
            Demand($"{what}, after the end", calls, KernelPicture.Of(host), _pictures[_before.Name]);
        }

        if (!_pictures.TryGetValue(model.Name, out KernelPicture? wanted))
        {
            _pictures[model.Name] = wanted = await MakeAsync(model);
        }

        Demand(what, calls, found, wanted);
    }

    // What the kernel has for a state: the links and sockets are known, and all else is what there is when it is made in the shortest way.
    private async Task<KernelPicture> MakeAsync(EngineModel model)
    {
        foreach (RecordedCall call in model.WayFrom(_before))
        {
            await AskOkAsync(call);
        }

        KernelPicture made = KernelPicture.Of(host);
        IReadOnlyList<string> more = made.Without(_pictures[_before.Name]);
        Assert.Equal(
            model.Endpoints.SelectMany(id => new[] { $"veth{id[..7]}", $"vp{id[..12]}" }).Order(StringComparer.Ordinal),
            Names(more, "link ", 1).Where(name => name[0] == 'v').Order(StringComparer.Ordinal));
        Assert.Equal(
            model.Ports.Select(port => $"{(port.Protocol == 17 ? "udp" : "tcp")} {port.Port}").Distinct().Order(StringComparer.Ordinal),
            more.Where(line => line.StartsWith("socket ", StringComparison.Ordinal) && !line.EndsWith(":49000", StringComparison.Ordinal))
                .Select(line => $"{line.Split(' ')[1]} {line[(line.LastIndexOf(':') + 1)..]}").Distinct().Order(StringComparer.Ordinal));
        await EndAsync();
        return made;
    }

    private static IEnumerable<string> Names(IReadOnlyList<string> lines, string kind, int word) =>
        lines.Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => line.Split(' ')[word]);

    private void Demand(string what, IReadOnlyList<RecordedCall> calls, KernelPicture found, KernelPicture wanted)
    {
        string difference = found.DifferenceFrom(wanted);
        if (difference.Length > 0)
        {
            Wrong.Add($"{sequence.Name}: {what}: {string.Join(", ", calls)}\n{difference}");
        }
    }

    private async Task AskOkAsync(RecordedCall call)
    {
        string refusal = await AskAsync(call);
        Assert.True(refusal.Length == 0, $"{sequence.Name}: {call}: {refusal}\n{host.DaemonLog}");
    }

    private Task<string> AskAsync(RecordedCall call)
    {
        _reservations += RecordedSequence.IsReservation(call) ? 1 : 0;
        return engine.AskAsync(call);
    }

    private async Task EndAsync()
    {
        foreach (RecordedCall call in sequence.Ends)
        {
            await AskOkAsync(call);
        }
    }
}
