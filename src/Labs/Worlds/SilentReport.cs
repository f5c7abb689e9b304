using Net.Labs.Lessons.Models;

namespace Net.Labs.Worlds;

/// <summary>A report that nobody reads. Who wants to know of a part of it overrides that.</summary>
public class SilentReport : ILabReport
{
    /// <summary>For those that want to know of nothing.</summary>
    public static readonly SilentReport Instance = new();

    /// <summary>Makes one; for those that override something.</summary>
    protected SilentReport()
    {
    }

    /// <inheritdoc/>
    public virtual void Stage(string what)
    {
    }

    /// <inheritdoc/>
    public virtual void Begin(LabStep step, int number)
    {
    }

    /// <inheritdoc/>
    public virtual void Ran(LabCommand command, Seen seen)
    {
    }

    /// <inheritdoc/>
    public virtual void Checked(LabCommand command, Seen seen, string? difference)
    {
    }

    /// <inheritdoc/>
    public virtual void Tell(string thing, string state)
    {
    }

    /// <inheritdoc/>
    public virtual void Warn(string sentence)
    {
    }
}
