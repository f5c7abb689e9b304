namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The answers of both programs to one scenario's steps, and what is wrong with them.</summary>
internal sealed class Comparison(Scenario scenario)
{
    private readonly AnswerReader _docker = new();
    private readonly AnswerReader _netctl = new();
    private readonly HashSet<StandingDifference> _shown = [];
    private readonly List<string> _faults = [];

    /// <summary>The differences that are not declared, and those that are and did not show; for people.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. _faults,
        .. scenario.Proves.Except(_shown).Select(standing => $"no step shows the difference #{standing.Difference.Anchor} any more"),
    ];

    /// <summary>Takes both answers to a step.</summary>
    public void Add(Step step, Output docker, Output netctl)
    {
        IReadOnlyList<string> dockers = _docker.Lines(step, docker);
        IReadOnlyList<string> netctls = _netctl.Lines(step, netctl);
        foreach (DeclaredLines declared in step.Declared)
        {
            dockers = Without(step, declared.Difference, "Docker", dockers, declared.Docker);
            netctls = Without(step, declared.Difference, "netctl", netctls, declared.Netctl);
        }

        if (!Same(dockers, netctls, StandingDifferences.All))
        {
            (dockers, netctls) = Evened(dockers, netctls, StandingDifferences.All);
            _faults.Add($"{step.Title}\n{LineDifference.Of(dockers, netctls)}");
            return;
        }

        _shown.UnionWith(
            scenario.Proves.Where(standing => !Same(dockers, netctls, [.. StandingDifferences.All.Where(other => other != standing)])));
    }

    private static bool Same(IReadOnlyList<string> docker, IReadOnlyList<string> netctl, IReadOnlyList<StandingDifference> standing)
    {
        (docker, netctl) = Evened(docker, netctl, standing);
        return docker.SequenceEqual(netctl);
    }

    private static (IReadOnlyList<string> Docker, IReadOnlyList<string> Netctl) Evened(
        IReadOnlyList<string> docker, IReadOnlyList<string> netctl, IReadOnlyList<StandingDifference> standing) =>
        standing.Aggregate((docker, netctl), (answers, difference) => difference.Even(answers.docker, answers.netctl));

    private static string Text(string heading, IEnumerable<string> lines) => string.Concat(lines.Select(line => $"{heading}{line}\n"));

    private List<string> Without(
        Step step, Difference difference, string program, IReadOnlyList<string> lines, IReadOnlyList<string> declared)
    {
        List<string> rest = [.. lines];
        foreach (string line in declared.Where(line => !rest.Remove(line)))
        {
            _faults.Add(
                $"{step.Title}\n  {program} does not say what is declared as #{difference.Anchor}: {line}\n{Text("  it says: ", lines)}");
        }

        return rest;
    }
}
