using Net.Controller.Names;
using Net.Dns.Files;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller;

/// <content>Names for those who are no container.</content>
public sealed partial class NetworkController
{
    /// <summary>Where the host's own questions go, as its resolv.conf says now.</summary>
    public UpstreamPolicy HostUpstreams => ContainerResolvConf.Upstreams(_parts.Runner.ReadResolver(), ResolverOverrides.None);

    /// <summary>What a name means to any container at this moment: the addresses of all who have it on any network, private names among them.</summary>
    public INameSource SearchNames(DnsName name) => NameSearch.For(Snapshot.Sandboxes.Select(sandbox => NamesOf(sandbox.Id)), name);
}
