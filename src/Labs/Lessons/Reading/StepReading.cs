using Net.Labs.Lessons.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Reading;

/// <summary>Reads the steps of a lab.</summary>
/// <param name="commands">Reads their commands.</param>
/// <param name="host">The host for steps that name none.</param>
internal sealed class StepReading(CommandReading commands, string host)
{
    // What was done is not always seen at once: an address is looked for, a process starts.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads a step.</summary>
    public LabStep Read(Fields fields)
    {
        string? task = fields.Text("task");
        string? look = fields.Text("look");
        if (task is null && look is null)
        {
            throw fields.Missing(
                "a step",
                "a step has either task, for the learner to do, or look, for something to see; this one has neither",
                "task",
                "look");
        }

        if (task is not null && look is not null)
        {
            throw fields.Fault("look", "a step has either task, for the learner to do, or look, for something to see; this one has both");
        }

        string on = commands.HostOf(fields, "on", host);
        var step = new LabStep
        {
            Place = fields.Place,
            IsTask = task is not null,
            Title = (task ?? look)!.Trim(),
            Text = fields.Text("text")?.Trim() ?? "",
            Why = fields.Text("why")?.Trim() ?? "",
            Commands = commands.Read(fields, "run", on, TimeSpan.Zero),
            Checks = commands.Read(fields, "check", on, Patience),
            Hints = [.. fields.Texts("hints").Select(hint => hint.Trim())],
            IsDrawn = fields.Switch("drawn") ?? false,
        };
        fields.Finish("a step");
        Check(step, fields);
        return step;
    }

    private static void Check(LabStep step, Fields fields)
    {
        if (step.Commands.Count == 0)
        {
            throw fields.Fault("run", $"the step \"{step.Title}\" has no command: give at least one");
        }

        if (step.IsTask && (step.Checks.Count == 0 || step.Hints.Count == 0))
        {
            (string key, string missing) = step.Checks.Count == 0
                ? ("check", "check, so that nobody knows whether it is solved")
                : ("hints", "hint");
            throw fields.Fault(key, $"the task \"{step.Title}\" has no {missing}: give at least one");
        }
    }
}
