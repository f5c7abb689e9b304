using Net.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>An upstream source whose policy a test changes while the server runs.</summary>
internal sealed class ChangingUpstreams : IUpstreamSource
{
    private volatile UpstreamPolicy _policy = UpstreamPolicy.Forbidden;

    public UpstreamPolicy Policy
    {
        get => _policy;
        set => _policy = value;
    }
}
