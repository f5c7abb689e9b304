namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The answers of both programs to one scenario's steps, and what is wrong with them.</summary>
internal sealed class Comparison(Scenario scenario)
{
    private readonly AnswerReader _docker = new();
    private readonly AnswerReader _netctl = new();
    private readonly HashSet<StandingDifference> _shown = [];
    private readonly List<string> _faults = [];
    private int _number;

    /// <summary>The differences that are not declared, and those that are and did not show; for people.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. _faults,
        .. scenario.Proves.Except(_shown).Select(standing => $"no step shows the difference #{standing.Difference.Anchor} any more"),
    ];

    /// <summary>Takes both answers to a step.</summary>
    public void Add(Step step, Output docker, Output netctl)
    {
        _number++;
        IReadOnlyList<string> dockers = _docker.Lines(step, docker);
        IReadOnlyList<string> netctls = _netctl.Lines(step, netctl);
        if (step.Declared.Count == 0 && Evened(dockers, netctls, StandingDifferences.All) is var (left, right) && AreSame(left, right))
        {
            _shown.UnionWith(scenario.Proves.Where(standing => Differ(dockers, netctls, standing)));
            return;
        }

        (dockers, netctls) = Evened(dockers, netctls, StandingDifferences.All);
        foreach (DeclaredLines declared in step.Declared)
        {
            dockers = Without(step, declared.Difference, "Docker", dockers, declared.Docker);
            netctls = Without(step, declared.Difference, "netctl", netctls, declared.Netctl);
        }

        if (!AreSame(dockers, netctls))
        {
            _faults.Add($"{_number}. {step.Title}\n{LineDifference.Of(InOrder(dockers), InOrder(netctls))}");
        }
    }

    // Whether the answers are not the same once this one difference is not evened out.
    private static bool Differ(IReadOnlyList<string> docker, IReadOnlyList<string> netctl, StandingDifference standing)
    {
        (docker, netctl) = Evened(docker, netctl, [.. StandingDifferences.All.Where(other => other != standing)]);
        return !AreSame(docker, netctl);
    }

    // The order of lines does not count: Docker 20.10 goes over links and networks in the order of Go's maps, which is another each time.
    private static bool AreSame(IReadOnlyList<string> docker, IReadOnlyList<string> netctl) =>
        InOrder(docker).SequenceEqual(InOrder(netctl));

    private static string[] InOrder(IReadOnlyList<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static (IReadOnlyList<string> Docker, IReadOnlyList<string> Netctl) Evened(
        IReadOnlyList<string> docker, IReadOnlyList<string> netctl, IReadOnlyList<StandingDifference> standing) =>
        standing.Aggregate((docker, netctl), (answers, difference) => difference.Even(answers.docker, answers.netctl));

    private List<string> Without(
        Step step, Difference difference, string program, IReadOnlyList<string> lines, IReadOnlyList<string> declared)
    {
        List<string> rest = [.. lines];
        foreach (string line in declared.Where(line => !rest.Remove(line)))
        {
            _faults.Add($"{_number}. {step.Title}\n  not said by {program}, but declared as #{difference.Anchor}: {line}\n");
        }

        return rest;
    }
}
