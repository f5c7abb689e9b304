using System.Net;

namespace Net.Dns.Resolver;

/// <summary>What a name source knows about a name.</summary>
public readonly record struct NameAnswer
{
    private readonly IReadOnlyList<IPAddress>? _addresses;

    private NameAnswer(IReadOnlyList<IPAddress> ours) => _addresses = ours;

    /// <summary>The source does not know the name: it is the upstream servers' to answer.</summary>
    public static NameAnswer NotOurs => default;

    /// <summary>Whether the source knows the name. Then the question never leaves the host.</summary>
    public bool IsOurs => _addresses is not null;

    /// <summary>The addresses, in any order: the server shuffles them. Empty when there are none of the asked family.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses ?? [];

    /// <summary>The source knows the name.</summary>
    /// <param name="addresses">Its addresses; those not of the asked family are passed over. The list must not change afterwards.</param>
    public static NameAnswer Ours(IReadOnlyList<IPAddress> addresses) => new(addresses);
}
