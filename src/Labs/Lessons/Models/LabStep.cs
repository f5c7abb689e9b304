using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Models;

/// <summary>A step of a lab: a task that the learner solves, or something to look at.</summary>
public sealed record LabStep
{
    /// <summary>Where it is in the file.</summary>
    public required Place Place { get; init; }

    /// <summary>Whether it is a task. Its checks fail before it is solved.</summary>
    public required bool IsTask { get; init; }

    /// <summary>What is to be done or looked at, one sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What there is to know before, in paragraphs.</summary>
    public string Text { get; init; } = "";

    /// <summary>What should be seen and why, in paragraphs.</summary>
    public string Why { get; init; } = "";

    /// <summary>The commands: of a task one way to solve it, otherwise what to type.</summary>
    public IReadOnlyList<LabCommand> Commands { get; init; } = [];

    /// <summary>What independent programs see when it is done.</summary>
    public IReadOnlyList<LabCommand> Checks { get; init; } = [];

    /// <summary>What helps with a task, from the vaguest on.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Whether the lab's drawing shows the state after this step.</summary>
    public bool IsDrawn { get; init; }
}
