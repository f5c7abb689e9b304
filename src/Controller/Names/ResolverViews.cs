using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Dns.Files;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>What the embedded resolver reads from the model: for every sandbox the names that it sees and the upstream servers of its other
/// queries.</summary>
/// <remarks>It only reads, changes nothing in the kernel, and needs no controller: the resolver is built on it before there is one. Safe to
/// call from several threads; each source that it returns is for one thread at a time.</remarks>
public sealed class ResolverViews
{
    private readonly CnmModel _model;
    private readonly HostResolver _host;
    private readonly ResolverConfig _daemon;

    /// <summary>Makes the views of a model. Nothing is read yet.</summary>
    /// <param name="model">The live model.</param>
    /// <param name="options">The settings of the controller that writes the model: those of the resolver and the host's
    /// resolv.conf.</param>
    /// <param name="log">Told when the host's resolv.conf cannot be read.</param>
    public ResolverViews(CnmModel model, ControllerOptions options, IControllerLog log)
    {
        _model = model;
        _host = new HostResolver(options.HostResolver, log);
        _daemon = options.Resolver;
    }

    /// <summary>The contents of the host's resolv.conf that the resolvers use now.</summary>
    public ResolvConf HostResolver => _host.Current;

    /// <summary>The upstream servers of a container for which nobody named servers.</summary>
    public UpstreamPolicy HostUpstreams =>
        ContainerResolvConf.Upstreams(HostResolver, SandboxOverrides.Of(ResolverConfig.None, _daemon), inClient: null);

    /// <summary>Takes over new contents of the host's resolv.conf: all resolvers forward to the servers named there from the next query
    /// on.</summary>
    /// <remarks>The files in containers are another matter: <see cref="NetworkController.FollowHostResolverAsync"/>.</remarks>
    public void UseHostResolver(ResolvConf contents) => _host.Use(contents);

    /// <summary>The names that a sandbox sees, always as they are now. Also for one that is being created.</summary>
    public INameSource NamesOf(SandboxId sandbox) => new SandboxNames(_model, sandbox);

    /// <summary>The upstream servers of a sandbox, always as they are now. Also for one that is being created.</summary>
    public IUpstreamSource UpstreamsOf(SandboxId sandbox) => new SandboxUpstreams(_model, _host, _daemon, sandbox);

    /// <summary>One name as any sandbox sees it at this moment: the addresses of all endpoints that have it on any network, private names
    /// among them.</summary>
    public INameSource SearchNames(DnsName name) => NameSearch.For(_model.Current.Sandboxes.Select(sandbox => NamesOf(sandbox.Id)), name);
}
