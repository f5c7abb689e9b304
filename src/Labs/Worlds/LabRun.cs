using Net.Labs.Lessons.Models;

namespace Net.Labs.Worlds;

/// <summary>Goes through the steps of a lab that is up.</summary>
/// <param name="world">The lab.</param>
/// <param name="report">Is told of each command.</param>
public sealed class LabRun(World world, ILabReport report)
{
    /// <summary>Is called after each step, with the step; null for nothing.</summary>
    public Func<LabStep, Task>? AfterStep { get; init; }

    /// <summary>Goes through all steps. The first fault ends it: what follows builds on what has failed.</summary>
    /// <returns>What was not as expected; null when all was.</returns>
    public async Task<LabFault?> RunAsync(CancellationToken cancellationToken)
    {
        int number = 0;
        foreach (LabStep step in world.Lab.Steps)
        {
            report.Begin(step, ++number);
            LabFault? fault = await RefuseEmptyAsync(step, cancellationToken) ?? await RunAsync(step, cancellationToken);
            if (fault is not null)
            {
                return fault;
            }

            await (AfterStep?.Invoke(step) ?? Task.CompletedTask);
        }

        return null;
    }

    /// <summary>Runs the commands of a step and looks at what is expected of it.</summary>
    /// <returns>What was not as expected; null when all was.</returns>
    public async Task<LabFault?> RunAsync(LabStep step, CancellationToken cancellationToken)
    {
        foreach (LabCommand command in step.Commands)
        {
            (Seen seen, string? difference) = await world.RunAsync(command, cancellationToken);
            report.Ran(command, seen);
            if (command.IsExpectation)
            {
                report.Checked(command, seen, difference);
            }

            if (difference is not null)
            {
                return new LabFault(step, command, seen, difference);
            }
        }

        return await CheckAsync(step, cancellationToken);
    }

    /// <summary>Whether a task is solved: all its checks pass at the first look. Nothing is reported.</summary>
    public async Task<bool> IsSolvedAsync(LabStep task, CancellationToken cancellationToken)
    {
        foreach (LabCommand check in task.Checks)
        {
            if ((await world.RunAsync(check with { Patience = TimeSpan.Zero }, cancellationToken)).Difference is not null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<LabFault?> CheckAsync(LabStep step, CancellationToken cancellationToken)
    {
        foreach (LabCommand check in step.Checks)
        {
            (Seen seen, string? difference) = await world.RunAsync(check, cancellationToken);
            report.Checked(check, seen, difference);
            if (difference is not null)
            {
                return new LabFault(step, check, seen, difference);
            }
        }

        return null;
    }

    // A check that passes before anything was done says nothing about what was done.
    private async Task<LabFault?> RefuseEmptyAsync(LabStep step, CancellationToken cancellationToken) =>
        step.IsTask && await IsSolvedAsync(step, cancellationToken)
            ? new LabFault(step, step.Checks[0], new Seen(0, ""), "all checks of the task pass before anything was done for it")
            : null;
}

/// <summary>Something in a lab that was not as expected.</summary>
/// <param name="Step">The step.</param>
/// <param name="Command">The command that showed it.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Difference">What was different, in words.</param>
public sealed record LabFault(LabStep Step, LabCommand Command, Seen Seen, string Difference);
