using Net.Cnm.Sandboxes;
using Net.Controller.Names;
using Net.Dns.Files;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller;

/// <content>Names for those who are no container.</content>
public sealed partial class NetworkController
{
    /// <summary>Where the questions of a container go for which nobody named servers.</summary>
    public UpstreamPolicy HostUpstreams =>
        ContainerResolvConf.Upstreams(HostResolver, SandboxOverrides.Of(ResolverConfig.None, _parts.Options.DnsServers), inClient: null);

    /// <summary>What a name means to any container at this moment: the addresses of all who have it on any network, private names among them.</summary>
    public INameSource SearchNames(DnsName name) => NameSearch.For(Snapshot.Sandboxes.Select(sandbox => NamesOf(sandbox.Id)), name);
}
