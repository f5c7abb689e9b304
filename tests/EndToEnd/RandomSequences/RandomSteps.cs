namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Picks what is done next.</summary>
internal sealed class RandomSteps
{
    private readonly Sequence _sequence;
    private readonly (int Weight, Action Step)[] _steps;

    /// <summary>Makes the steps.</summary>
    /// <param name="sequence">What they are done to.</param>
    /// <param name="startDaemon">Starts the daemon again; it does not run then.</param>
    public RandomSteps(Sequence sequence, Action startDaemon)
    {
        _sequence = sequence;
        var networks = new NetworkSteps(sequence);
        var containers = new ContainerSteps(sequence);
        var memberships = new MembershipSteps(sequence);
        var lives = new LifeSteps(sequence);
        var daemon = new DaemonSteps(sequence, startDaemon);
        var bad = new BadSteps(sequence);
        _steps =
        [
            (6, networks.Create),
            (2, networks.Remove),
            (7, containers.Create),
            (2, With(containers.Remove)),
            (2, With(containers.Rename)),
            (5, With(memberships.Connect)),
            (4, With(memberships.Disconnect)),
            (1, With(memberships.RemoveLink)),
            (4, With(lives.Start)),
            (2, With(lives.Stop)),
            (2, With(lives.Restart)),
            (1, With(lives.Kill)),
            (2, With(lives.Die)),
            (2, daemon.Again),
            (6, bad.Refused),
        ];

        Action With(Action<ModelContainer> step) => () =>
        {
            if (sequence.PickAny(sequence.Model.Containers) is { } container)
            {
                step(container);
            }
            else
            {
                containers.Create();
            }
        };
    }

    /// <summary>Does the next step.</summary>
    public void Next()
    {
        _sequence.HasEndedCommands = false;
        _sequence.ChangedNothing = false;
        _sequence.RefusedStart = null;
        int at = _sequence.Number(0, _steps.Sum(step => step.Weight));
        foreach ((int weight, Action step) in _steps)
        {
            if (at < weight)
            {
                step();
                return;
            }

            at -= weight;
        }
    }
}
