using Net.Cnm.Sandboxes;
using Net.Controller.Names;
using Net.Dns.Files;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller;

/// <content>Name resolution that is not for one container.</content>
public sealed partial class NetworkController
{
    /// <summary>The upstream policy of a container without DNS servers of its own.</summary>
    public UpstreamPolicy HostUpstreams =>
        ContainerResolvConf.Upstreams(HostResolver, SandboxOverrides.Of(ResolverConfig.None, _parts.Options.DnsServers), inClient: null);

    /// <summary>A name source that knows one name as all containers together see it at this moment: the addresses of every endpoint that
    /// has the name on any network, private names included.</summary>
    public INameSource SearchNames(DnsName name) => NameSearch.For(Snapshot.Sandboxes.Select(sandbox => NamesOf(sandbox.Id)), name);
}
