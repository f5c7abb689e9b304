namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>The daemon ends, by a crash or in order, and another is started; commands may die meanwhile.</summary>
internal sealed class DaemonSteps(Sequence sequence, Action start)
{
    public void Again()
    {
        Model model = sequence.Model;
        ModelContainer[] dying = [.. sequence.Shuffle(model.Running.Where(c => c.HasCommand)).Take(sequence.Number(0, 3))];
        List<ModelContainer> down = Down(dying);
        IReadOnlyList<ModelContainer> startable = model.Startable(down);
        if (startable.Count < down.Count)
        {
            Array.ForEach(dying, container => container.IsRunning = true); // one would be tried for ever
            sequence.ChangedNothing = true;
            return;
        }

        (ModelContainer Container, string State)[] back = [.. startable.Select(c => (c, sequence.StateOf(c)))];
        string[] commands = [.. dying.Select(c => sequence.StateOf(c).Split(' ')[1])];
        End();
        foreach ((ModelContainer container, string command) in dying.Zip(commands))
        {
            sequence.Done.Add($"the command of {container.Name} dies");
            sequence.Host.Shell($"kill -9 {command}");
            sequence.HasEndedCommands = true;
        }

        start();
        sequence.Done.Add("a daemon is started");
        foreach ((ModelContainer container, string state) in back)
        {
            LifeSteps.WaitForStart(sequence, container, state);
            Model.Start(container);
        }
    }

    /// <summary>Marks those that die, and gives all that the next daemon starts: of those that died the ones with a policy, and with the
    /// policy <c>always</c> also what was stopped by hand.</summary>
    private List<ModelContainer> Down(ModelContainer[] dying)
    {
        Array.ForEach(dying, container => container.IsRunning = false);
        return
        [
            .. sequence.Model.Containers.Where(c => !c.IsRunning && c.Starts > 0)
                .Where(c => c.Policy == "always" || (c.Policy is not "" && dying.Contains(c))),
        ];
    }

    private void End()
    {
        if (sequence.Chance(3))
        {
            sequence.Done.Add("the daemon is ended by SIGTERM");
            sequence.Host.StopDaemon();
        }
        else
        {
            sequence.Done.Add("the daemon is killed");
            sequence.Host.KillDaemon();
        }
    }
}
