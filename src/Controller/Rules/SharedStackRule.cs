using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Requests;

namespace Net.Controller.Rules;

/// <summary>What a sandbox in mode <c>container:NAME</c> may have: it has another sandbox's network stack, files and host name, so nothing
/// that would change these. The messages are Docker's.</summary>
internal static class SharedStackRule
{
    private const string Prefix = "container:";

    /// <summary>The reference to the other sandbox; null when the request names networks.</summary>
    public static string? TargetOf(SandboxCreateRequest request) =>
        request.Networks.Select(endpoint => endpoint.Network).FirstOrDefault(IsReference)?[Prefix.Length..];

    /// <summary>Whether the word that stands for a network refers to a sandbox.</summary>
    public static bool IsReference(string network) => network.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns the other sandbox.</summary>
    /// <exception cref="CnmException">NotFound: it does not exist. InvalidParameter: an option conflicts with the mode.</exception>
    public static Sandbox Require(SandboxCreateRequest request, ModelSnapshot model)
    {
        string reference = TargetOf(request)!;
        if (reference.Length == 0)
        {
            throw Conflict("Invalid network mode: invalid container format container:<name|id>");
        }

        if (request.Networks.Count > 1)
        {
            throw Conflict($"network {Prefix}{reference} cannot be combined with others; give it alone");
        }

        EndpointRequest endpoint = request.Networks[0];
        string? conflict =
            request.HostName is not null ? "hostname and the network mode"
            : request.Resolver.Servers.Count > 0 || request.Resolver.Search.Count > 0 || request.Resolver.Options.Count > 0
                ? "dns and the network mode"
            : request.ExtraHosts is { Count: > 0 } ? "custom host-to-IP mapping and the network mode"
            : request.Sysctls is { Count: > 0 } ? "sysctl and the container type network mode"
            : endpoint.MacAddress is not null ? "mac-address and the network mode"
            : request.PortSpecs.Count > 0 || request.PublishAll ? "port publishing and the container type network mode"
            : request.ExposedPorts.Count > 0 ? "port exposing and the container type network mode"
            : endpoint.IPv4 is not null || endpoint.IPv6 is not null ? "an IP address and the container type network mode"
            : endpoint.Links.Count > 0
                ? "container type network can't be used with links. This would result in undefined behavior"
            : endpoint.Aliases.Count > 0 ? "network aliases and the container type network mode"
            : endpoint.LinkLocalAddresses.Count > 0 ? "link-local-ip and the container type network mode"
            : endpoint.DriverOptions.Count > 0 ? "driver-opt and the container type network mode"
            : null;
        if (conflict is not null)
        {
            throw Conflict($"{conflict}: the container has the network of {reference}; give the option to that one");
        }

        Sandbox target = model.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(target);
        return target;
    }

    /// <summary>The sandbox that has the network stack of a sandbox: itself, or the one that it shares a stack with.</summary>
    /// <exception cref="CnmException">NotFound: the other was removed. Conflict: it does not run.</exception>
    public static Sandbox HolderOf(Sandbox sandbox, ModelSnapshot model)
    {
        Sandbox holder = sandbox;
        while (holder.SharesStackOf is { } id)
        {
            holder = model.Find(id) ?? throw new CnmException(
                CnmErrorKind.NotFound,
                $"container {sandbox.Name} shares the network of a container that was removed: No such container: {id}; remove it and "
                    + "create it again with the network of another");
            if (!holder.HasNetworkStack)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict, $"cannot join network of a non running container: {holder.Id}; start {holder.Name} first");
            }
        }

        return holder;
    }

    private static CnmException Conflict(string what) => new(CnmErrorKind.InvalidParameter, $"conflicting options: {what}");
}
