using Net.Labs.Compose.Running;
using Net.Labs.Lessons.Models;

namespace Net.Labs.Worlds;

/// <summary>Is told what happens in a lab. What is told of a project that comes up is told as of any other.</summary>
public interface ILabReport : IComposeReport
{
    /// <summary>A part of the work begins: <c>hosts</c>, <c>links</c>, <c>daemons</c>, ...</summary>
    void Stage(string what);

    /// <summary>A step begins.</summary>
    /// <param name="step">The step.</param>
    /// <param name="number">Its number, from 1.</param>
    void Begin(LabStep step, int number);

    /// <summary>A command was run, as part of the way.</summary>
    void Ran(LabCommand command, Seen seen);

    /// <summary>Something that was expected was looked at.</summary>
    /// <param name="command">The command that looked.</param>
    /// <param name="seen">What it saw.</param>
    /// <param name="difference">What is not as expected; null when all is.</param>
    void Checked(LabCommand command, Seen seen, string? difference);
}
