namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Containers are started and stopped, and their commands die.</summary>
internal sealed class LifeSteps(Sequence sequence)
{
    private Model Model => sequence.Model;

    public void Start(ModelContainer container)
    {
        sequence.ChangedNothing = container.IsRunning;
        if (!sequence.Try(Model.CanStart(container), "start", container.Name))
        {
            sequence.RefusedStart = container;
        }
        else if (!container.IsRunning)
        {
            Model.Start(container);
        }
    }

    public void Stop(ModelContainer container)
    {
        sequence.ChangedNothing = !container.IsRunning;
        sequence.Try(true, "stop", "-t", "0", container.Name);
        container.IsRunning = false;
    }

    public void Restart(ModelContainer container)
    {
        bool wasRunning = container.IsRunning;
        container.IsRunning = false;
        if (sequence.Try(Model.CanStart(container), "restart", "-t", "0", container.Name))
        {
            Model.Start(container);
        }
        else
        {
            sequence.RefusedStart = container;
        }

        sequence.ChangedNothing &= !wasRunning; // it was stopped, though it could not be started again
    }

    public void Kill(ModelContainer container)
    {
        if (sequence.Try(container.IsRunning && container.HasCommand, "kill", container.Name))
        {
            container.IsRunning = false;
            sequence.HasEndedCommands = true;
            WaitForEnd(container);
        }
    }

    /// <summary>The command dies by itself; the restart policy, if there is one, runs it again.</summary>
    public void Die(ModelContainer container)
    {
        if (!container.IsRunning || !container.HasCommand)
        {
            Start(container);
            return;
        }

        container.IsRunning = false;
        bool comesBack = container.Policy is not "";
        if (comesBack && !Model.CanStart(container))
        {
            container.IsRunning = true; // it would be tried for ever
            Stop(container);
            return;
        }

        sequence.Done.Add($"the command of {container.Name} dies");
        string state = sequence.StateOf(container);
        sequence.Host.Shell($"kill -9 {state.Split(' ')[1]}");
        sequence.HasEndedCommands = true;
        if (comesBack)
        {
            WaitForStart(sequence, container, state);
            Model.Start(container);
        }
        else
        {
            WaitForEnd(container);
        }
    }

    /// <summary>Waits until a command runs that is another than before.</summary>
    public static void WaitForStart(Sequence sequence, ModelContainer container, string stateBefore) => TestHost.Eventually(
        $"{container.Name} runs again",
        () => sequence.StateOf(container) is var now && now != stateBefore && !now.EndsWith(" 0", StringComparison.Ordinal)
            && now.StartsWith("running ", StringComparison.Ordinal));

    private void WaitForEnd(ModelContainer container) =>
        TestHost.Eventually($"{container.Name} has ended", () => sequence.StateOf(container) == "exited 0");
}
