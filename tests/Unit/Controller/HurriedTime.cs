namespace Net.Tests.Unit.Controller;

/// <summary>A clock that runs a hundred times as fast as the real one, so that a wait for a limit does not take as long.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Factor = 100;

    public override long TimestampFrequency => System.TimestampFrequency / Factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Factor : dueTime, period);
}
