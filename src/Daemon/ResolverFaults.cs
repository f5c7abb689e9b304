using Net.Dns.Resolver;

namespace Net.Daemon;

/// <summary>Logs unexpected exceptions of the resolver, at a limited rate: every packet may cause one.</summary>
internal sealed partial class ResolverFaults
{
    private readonly ILogger _log;
    private readonly FaultSampler _sampler;

    public ResolverFaults(ILogger<ResolverFaults> log, TimeProvider time)
    {
        _log = log;
        _sampler = new FaultSampler(Log, time);
    }

    /// <summary>Reports an exception. From any thread.</summary>
    public void Report(Exception fault) => _sampler.Report(fault);

    private void Log(Exception fault, int suppressed)
    {
        if (suppressed > 0)
        {
            LogMore(suppressed);
        }

        LogFault(fault);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the resolver met an error nobody expected, and goes on")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "the resolver met {Count} more such errors meanwhile")]
    private partial void LogMore(int count);
}
