namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>A sequence of steps: the host and its model, the dice, and what was done so far.</summary>
internal sealed class Sequence(TestHost host, Model model, Random random, string plugin)
{
    public TestHost Host => host;

    public Model Model => model;

    /// <summary>The name of the driver that is a plug-in.</summary>
    public string Plugin => plugin;

    /// <summary>What was done, a line a command.</summary>
    public List<string> Done { get; } = [];

    /// <summary>The last step ended commands otherwise than by <c>stop</c>, which waits for all that follows.</summary>
    public bool HasEndedCommands { get; set; }

    /// <summary>The last step was refused, or had nothing to do: nothing has changed.</summary>
    public bool ChangedNothing { get; set; }

    /// <summary>The container whose start was refused in the last step; null when none was. It keeps the reason, and nothing else
    /// changes.</summary>
    public ModelContainer? RefusedStart { get; set; }

    public bool Chance(int of) => random.Next(of) == 0;

    public int Number(int from, int below) => random.Next(from, below);

    public T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>One of those that there are; null when there are none.</summary>
    public T? PickAny<T>(IEnumerable<T> of)
        where T : class =>
        of.ToArray() is { Length: > 0 } some ? Pick(some) : null;

    public T[] Shuffle<T>(IEnumerable<T> all)
    {
        T[] shuffled = [.. all];
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Runs netctl and demands the expected answer, which is returned.</summary>
    public bool Try(bool expected, params string[] arguments)
    {
        ChangedNothing |= !expected;
        Done.Add($"netctl {string.Join(' ', arguments)}{(expected ? "" : "   (to be refused)")}");
        Output output = host.Netctl(arguments);
        Assert.True(output.ExitCode == 0 == expected, $"{(expected ? "refused" : "not refused")}: {output}");
        return expected;
    }

    /// <summary>Runs netctl and demands that it is refused in a sentence with these words.</summary>
    public void Refuse(string words, params string[] arguments)
    {
        ChangedNothing = true;
        Done.Add($"netctl {string.Join(' ', arguments)}   (to be refused: {words})");
        Output output = host.Netctl(arguments);
        Assert.True(output.ExitCode is 1 or 125, $"not refused: {output}");
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.StandardError, StringComparison.Ordinal);
    }

    /// <summary>What netctl says of the state of a container: its word, and the process id of its command.</summary>
    public string StateOf(ModelContainer container) =>
        host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.Pid}}", container.Name);
}
