using Microsoft.Extensions.Time.Testing;
using Net.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Resolver;

public sealed class FaultSamplerTests
{
    [Fact]
    public void The_first_fault_is_told_at_once_and_then_one_a_minute_with_how_many_were_not()
    {
        var clock = new FakeTimeProvider();
        DateTimeOffset start = clock.GetUtcNow();
        var told = new List<(string Message, int PassedOver)>();
        var sampler = new FaultSampler((fault, passedOver) => told.Add((fault.Message, passedOver)), clock);

        (string, int)[] faults = [("a", 0), ("b", 0), ("c", 59), ("d", 60), ("e", 61), ("f", 200), ("g", 300)];
        foreach ((string message, int seconds) in faults)
        {
            clock.SetUtcNow(start.AddSeconds(seconds));
            sampler.Report(new InvalidOperationException(message));
        }

        Assert.Equal([("a", 0), ("d", 2), ("f", 1), ("g", 0)], told);
    }
}
