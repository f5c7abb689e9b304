namespace Net.Dns.Resolver;

/// <summary>Thins out faults that every packet may cause: the first is told at once, then at most one in a minute, with how many were not.</summary>
/// <param name="tell">Is told of a fault, and of how many were passed over before it. Called by one thread at a time.</param>
/// <param name="time">The clock.</param>
public sealed class FaultSampler(Action<Exception, int> tell, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _last;
    private int _passedOver;

    /// <summary>A fault has happened. From any thread.</summary>
    public void Report(Exception fault)
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Interval)
            {
                _passedOver++;
                return;
            }

            _last = time.GetTimestamp();
            tell(fault, _passedOver);
            _passedOver = 0;
        }
    }
}
