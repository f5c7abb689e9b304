namespace Net.Dns.Resolver;

/// <summary>Limits reports of faults that every packet may cause: the first is passed on at once, then at most one a minute, with the
/// number of suppressed ones.</summary>
/// <param name="report">Takes a fault, and the number of faults that were suppressed before it. Called by one thread at a time.</param>
/// <param name="time">The clock.</param>
public sealed class FaultSampler(Action<Exception, int> report, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _last;
    private int _suppressed;

    /// <summary>Reports a fault. From any thread.</summary>
    public void Report(Exception fault)
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Interval)
            {
                _suppressed++;
                return;
            }

            _last = time.GetTimestamp();
            report(fault, _suppressed);
            _suppressed = 0;
        }
    }
}
