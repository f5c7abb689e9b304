using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Foreign;

/// <summary>What the networks and sandboxes of Docker Engine are called here, and how they are found. The Engine tells neither its names of
/// networks nor those of containers; each of its endpoints is a sandbox here, which has the endpoint's id.</summary>
internal static class ForeignNames
{
    /// <summary>The IPAM driver in which subnets of the Engine are reserved, so that no network of the daemon's own gets them.</summary>
    public const string IpamDriver = "default";

    /// <summary>Who has a subnet, in messages.</summary>
    public const string Holder = "Docker Engine";

    /// <summary>The name of a network or of a sandbox of the Engine.</summary>
    /// <param name="shortId">The first digits of its id.</param>
    public static string Of(string shortId) => $"engine-{shortId}";

    /// <summary>The id of the sandbox that stands for an endpoint.</summary>
    public static SandboxId SandboxOf(EndpointId endpoint) => SandboxId.Parse(endpoint.Value);

    /// <summary>The network with an id.</summary>
    /// <exception cref="CnmException">NotFound: there is none, or it is not another program's.</exception>
    public static Network Require(ModelSnapshot model, NetworkId id) =>
        model.NetworksById.GetValueOrDefault(id) is { Foreign: not null } network
            ? network
            : throw new CnmException(
                CnmErrorKind.NotFound,
                $"network {id.Short} is not known to netctl: it was removed there, such as by netctl system reset; remove it with docker "
                    + "network rm and create it again");

    /// <summary>The sandbox that stands for an endpoint, and the endpoint.</summary>
    /// <exception cref="CnmException">NotFound: there is none.</exception>
    public static (Sandbox Sandbox, Endpoint Endpoint) Require(ModelSnapshot model, EndpointId id) =>
        model.EndpointsById.GetValueOrDefault(id) is { } endpoint && model[endpoint.Sandbox] is { StackSource: StackSource.Foreign } sandbox
            ? (sandbox, endpoint)
            : throw new CnmException(
                CnmErrorKind.NotFound,
                $"endpoint {id.Short} is not known to netctl: it was removed there, such as by netctl system reset; start the container "
                    + "again");
}
