namespace Net.Controller.Plugins;

/// <summary>How long one command waits, from its beginning, for plug-ins to be told of what is gone. What takes longer goes on without the
/// command, so that the waits of one command do not add up.</summary>
/// <param name="time">The clock.</param>
internal sealed class PluginPatience(TimeProvider time)
{
    /// <summary>As long as one request may take: a command that has waited in vain for an answer does not wait again.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(20);

    private readonly long _begin = time.GetTimestamp();

    /// <summary>What is left of it; never negative.</summary>
    public TimeSpan Left => Whole - time.GetElapsedTime(_begin) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
}
