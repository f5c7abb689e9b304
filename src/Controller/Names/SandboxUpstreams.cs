using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Dns.Files;
using Net.Dns.Resolver;

namespace Net.Controller.Names;

/// <summary>The upstream servers of one sandbox, read from the live model and the host's resolv.conf.</summary>
/// <remarks>For one thread at a time. The policy is computed when the source is made and again only after a change of the model or of the
/// host's resolv.conf. The model that it was computed from is held weakly: each source would keep another old one.</remarks>
internal sealed class SandboxUpstreams : IUpstreamSource
{
    private readonly CnmModel _model;
    private readonly HostResolver _host;
    private readonly ResolverConfig _daemon;
    private readonly SandboxId _sandbox;
    private readonly WeakReference<ModelSnapshot> _snapshot;
    private ResolvConf _resolvConf;
    private UpstreamPolicy _policy;

    /// <summary>Computes the policy for the first time, from the proposed model: the sandbox may be just being created.</summary>
    /// <param name="model">The live model.</param>
    /// <param name="host">The host's resolv.conf.</param>
    /// <param name="daemon">The settings that the daemon was given for all containers; without servers: the host's.</param>
    /// <param name="sandbox">The sandbox whose queries are forwarded.</param>
    public SandboxUpstreams(CnmModel model, HostResolver host, ResolverConfig daemon, SandboxId sandbox)
    {
        _model = model;
        _host = host;
        _daemon = daemon;
        _sandbox = sandbox;
        _snapshot = new WeakReference<ModelSnapshot>(model.Current);
        _resolvConf = host.Current;
        _policy = Compute(model.Latest, _resolvConf);
    }

    /// <inheritdoc/>
    public UpstreamPolicy Policy
    {
        get
        {
            // Only what has been published counts: a proposed connection to a network with a way out must not let queries leave before it
            // is made.
            ModelSnapshot snapshot = _model.Current;
            ResolvConf resolvConf = _host.Current;
            if (!_snapshot.TryGetTarget(out ModelSnapshot? seen) || !ReferenceEquals(snapshot, seen)
                || !ReferenceEquals(resolvConf, _resolvConf))
            {
                _snapshot.SetTarget(snapshot);
                _resolvConf = resolvConf;
                UpstreamPolicy policy = Compute(snapshot, resolvConf);
                _policy = policy.Equals(_policy) ? _policy : policy;
            }

            return _policy;
        }
    }

    /// <summary>The servers that the user named for the sandbox, as reached from within it; otherwise the daemon's or the host's servers,
    /// as reached from the host.</summary>
    /// <remarks>For a sandbox that has only internal networks nothing is asked from the host: a query would carry its data out. Servers
    /// that the user named are asked all the same, since they are asked from within, where its networks decide what it
    /// reaches.</remarks>
    private UpstreamPolicy Compute(ModelSnapshot model, ResolvConf host)
    {
        ResolverConfig config = model.Find(_sandbox)?.Resolver ?? ResolverConfig.None;
        IReadOnlyList<Endpoint> endpoints = model.EndpointsOf(_sandbox);
        if (config.Servers.Count == 0 && endpoints.Count > 0 && endpoints.All(e => model[e.Network].Internal))
        {
            return UpstreamPolicy.Forbidden;
        }

        string? inClient = config.Servers.Count > 0 ? _sandbox.Value : null;
        return ContainerResolvConf.Upstreams(host, SandboxOverrides.Of(config, _daemon), inClient);
    }
}
