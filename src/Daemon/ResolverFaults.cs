using Net.Dns.Resolver;

namespace Net.Daemon;

/// <summary>Tells the log of faults of the resolver, each of which may come with every packet, a few at a time.</summary>
internal sealed partial class ResolverFaults
{
    private readonly ILogger _log;
    private readonly FaultSampler _sampler;

    public ResolverFaults(ILogger<ResolverFaults> log, TimeProvider time)
    {
        _log = log;
        _sampler = new FaultSampler(Tell, time);
    }

    public void Report(Exception fault) => _sampler.Report(fault);

    private void Tell(Exception fault, int passedOver)
    {
        if (passedOver > 0)
        {
            LogMore(passedOver);
        }

        LogFault(fault);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the resolver met an error nobody expected, and goes on")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "the resolver met {Count} more such errors meanwhile")]
    private partial void LogMore(int count);
}
