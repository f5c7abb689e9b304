using Net.Api.Daemons;
using Net.Controller;
using Net.Controller.Names;
using Net.Daemon.Usage;
using Net.Dns.Resolver;

namespace Net.Daemon.Http;

/// <summary>All routes of the API, and the parts of the daemon that they need.</summary>
internal sealed record ApiRoutes
{
    public required NetworkController Controller { get; init; }

    public required DaemonOptions Options { get; init; }

    public required UsageReader Usage { get; init; }

    public required ResolverViews Views { get; init; }

    public required DnsServer Dns { get; init; }

    public required ResolverHealth Resolvers { get; init; }

    public required FirewallBackendInfo Firewall { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var executions = new ExecutionDirectory(Controller);
        new NetworkRoutes(Controller, Options.DefaultNetworkOptions, Time).Map(routes);
        new ContainerRoutes(Controller, executions, Options, Time).Map(routes);
        new UsageRoutes(Controller, Usage, Time).Map(routes);
        new PortRoutes(Controller).Map(routes);
        new StreamRoutes(Controller, executions).Map(routes);
        new AttachRoutes(Controller).Map(routes);
        new ExecRoutes(Controller, executions).Map(routes);
        new DnsRoutes(Controller, Views, Dns).Map(routes);
        new DnsLogRoute(Controller, Dns, Time).Map(routes);
        new EventRoute(Controller, Time).Map(routes);
        new SystemRoutes(Controller, Options, Firewall, Resolvers, Time).Map(routes);
    }
}
