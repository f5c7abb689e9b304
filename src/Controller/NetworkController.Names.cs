using Net.Cnm.Identifiers;
using Net.Controller.Names;
using Net.Dns.Files;
using Net.Dns.Resolver;

namespace Net.Controller;

/// <content>What the containers' resolvers answer with, and whom they ask.</content>
public sealed partial class NetworkController
{
    private volatile ResolvConf? _hostResolver;

    /// <summary>Raised when a container's resolver may have to forward elsewhere, since its networks or the host's servers have changed: see
    /// <see cref="UpstreamsOf"/>.</summary>
    /// <remarks>Raised with the turn held: do not call an operation from it.</remarks>
    public event Action<SandboxId>? UpstreamsChanged;

    /// <summary>What the host's resolv.conf says as far as the controller knows: whom resolvers ask comes from it.</summary>
    public ResolvConf HostResolver => _hostResolver ??= _parts.Runner.ReadResolver();

    /// <summary>Takes note that the host's resolv.conf says something else; all resolvers ask the servers named there from now on.</summary>
    /// <remarks>Files in containers stay as they are, as Docker has it: those on user networks name the embedded resolver, and so need no change.</remarks>
    public Task UseHostResolverAsync(ResolvConf host, CancellationToken cancellationToken) => _parts.Queue.RunAsync(
        () =>
        {
            _hostResolver = host;
            OnChanged(Snapshot.Sandboxes.Where(s => s.ResolverPort is not null).Select(s => s.Id));
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>The names that a container may see, always as they are now. Also for one that is being created.</summary>
    /// <returns>A source for one thread at a time.</returns>
    public INameSource NamesOf(SandboxId sandbox) => new SandboxNames(_parts.Model, sandbox);

    /// <summary>Where a container's questions go that its networks do not know. Also for one that is being created.</summary>
    public UpstreamPolicy UpstreamsOf(SandboxId sandbox) => UpstreamChoice.For(_parts.Model.Latest, sandbox, HostResolver, _parts.Options.DnsServers);

    private void OnChanged(IEnumerable<SandboxId> sandboxes)
    {
        foreach (SandboxId sandbox in sandboxes)
        {
            UpstreamsChanged?.Invoke(sandbox);
        }
    }
}
