using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;

namespace Net.Controller.Plans;

/// <summary>The host's side of an endpoint whose sandbox another program makes, such as Docker Engine: the link's end in the sandbox, or
/// the link itself where it has but one, waits in the daemon's namespace until that program takes it, and what is in the sandbox is that
/// program's.</summary>
internal static class ForeignEndpoints
{
    /// <summary>How long the other program may need from its asking for an endpoint to its taking the link: that long it waits for a
    /// daemon that does not answer, too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int IdCharacters = 12;

    /// <summary>The interface name of the end that the other program takes: at most 15 characters (IFNAMSIZ).</summary>
    public static string PeerName(Endpoint endpoint) => $"vp{endpoint.Id.Value[..IdCharacters]}";

    /// <summary>Whether the link that the other program takes is with the host. So it is until it is taken, and again when the container
    /// has ended or left the network: one that stays there is lost.</summary>
    public static bool IsWithHost(Endpoint endpoint, HostFacts host) => host.Links.Contains(PeerName(endpoint));

    /// <summary>What is left of a driver's description without the inside of the sandbox.</summary>
    /// <param name="described">What the driver describes.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inside">The sandbox's namespace, which is never looked into.</param>
    public static IReadOnlyList<DesiredObject> HostSideOf(
        IEnumerable<DesiredObject> described, Endpoint endpoint, NamespaceRef inside) =>
    [
        .. described
            .Select(desired => desired switch
            {
                VethPair pair when pair.PeerNamespace == inside => Waiting(pair, endpoint),
                SandboxLink link when link.Namespace == inside => Waiting(link, endpoint),
                _ => desired,
            })
            .Where(desired => !IsInside(desired, inside)),
    ];

    // Healing never makes it again: once the other program has taken its end, only that program can say what becomes of it.
    private static VethPair Waiting(VethPair pair, Endpoint endpoint) => pair with
    {
        Ownership = Ownership.HandedOver,
        PeerNamespace = NamespaceRef.Host,
        PeerName = PeerName(endpoint),
    };

    private static SandboxLink Waiting(SandboxLink link, Endpoint endpoint) => link with
    {
        Ownership = Ownership.HandedOver,
        Namespace = NamespaceRef.Host,
        Name = PeerName(endpoint),
    };

    private static bool IsInside(DesiredObject desired, NamespaceRef inside) =>
        desired.Places.Concat(desired.RestsOn).Any(place => place.Namespace == inside);
}
