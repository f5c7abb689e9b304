using Net.Daemon;

namespace Net.Tests.Unit.Daemon;

public sealed class RestorePaceTests
{
    [Fact]
    public void A_burst_is_mended_at_once_and_what_goes_on_twice_a_second()
    {
        var clock = new Clock();
        var pace = new RestorePace(clock);
        Assert.All(Enumerable.Range(0, RestorePace.Burst), _ => Assert.Equal(TimeSpan.Zero, pace.Take()));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(500, pace.Take().TotalMilliseconds, 3);
            clock.Now += 500;
        }
    }

    [Fact]
    public void After_a_while_there_is_room_for_a_burst_again_and_for_no_more()
    {
        var clock = new Clock();
        var pace = new RestorePace(clock);
        Assert.All(Enumerable.Range(0, RestorePace.Burst), _ => Assert.Equal(TimeSpan.Zero, pace.Take()));
        clock.Now += 3_600_000;
        Assert.All(Enumerable.Range(0, RestorePace.Burst), _ => Assert.Equal(TimeSpan.Zero, pace.Take()));
        Assert.NotEqual(TimeSpan.Zero, pace.Take());
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; } // ms

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }
}
