using Net.Labs.Lessons.Models;

namespace Net.Labs.Worlds;

/// <summary>Watches a learner: which tasks are solved, and which hint is next.</summary>
/// <param name="world">The lab.</param>
public sealed class LabTutor(World world)
{
    /// <summary>The first task that is not solved; null when all are.</summary>
    public LabStep? NextTask => world.Lab.Tasks.FirstOrDefault(task => !world.State.Solved.Contains(task.Title));

    /// <summary>Looks which tasks are solved, and remembers them: a later task may undo what an earlier one asked for. Tasks that build on
    /// each other are looked at in their order, since what a later one asks for may be so before anything was done.</summary>
    /// <returns>Whether all are solved.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var run = new LabRun(world, SilentReport.Instance);
        foreach (LabStep task in world.Lab.Tasks.Where(task => !world.State.Solved.Contains(task.Title)))
        {
            if (await run.IsSolvedAsync(task, cancellationToken))
            {
                Solved(task);
            }
            else if (!world.Lab.IsInAnyOrder)
            {
                break;
            }
        }

        return NextTask is null;
    }

    /// <summary>Remembers that a task is solved.</summary>
    public void Solved(LabStep task) => world.Remember(world.State with { Solved = [.. world.State.Solved, task.Title] });

    /// <summary>Gives the next hint for a task, and remembers that.</summary>
    /// <returns>The hint, null when all were given, and how many are left.</returns>
    public (string? Hint, int Left) TakeHint(LabStep task)
    {
        int given = world.State.Hints.GetValueOrDefault(task.Title);
        if (given >= task.Hints.Count)
        {
            return (null, 0);
        }

        var hints = new Dictionary<string, int>(world.State.Hints) { [task.Title] = given + 1 };
        world.Remember(world.State with { Hints = hints });
        return (task.Hints[given], task.Hints.Count - given - 1);
    }
}
