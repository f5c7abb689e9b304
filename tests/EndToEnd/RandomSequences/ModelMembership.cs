namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>A container's place on a network: what was asked for. Null: it is picked.</summary>
internal sealed record ModelMembership(ModelNetwork Network)
{
    public string? Address { get; init; }

    public string? Address6 { get; init; }

    public string? Mac { get; init; }

    public string? Alias { get; init; }

    /// <summary>The priority for the default gateway.</summary>
    public int Priority { get; init; }

    /// <summary>The links on a network with names: private aliases, each with the name that it stands for.</summary>
    public Dictionary<string, string> PrivateNames { get; } = [];

    /// <summary>The options, as <c>--network</c> has them and, with two dashes, <c>network connect</c>.</summary>
    public IEnumerable<(string Name, string Value)> Options()
    {
        (string Name, string? Value)[] all =
        [
            ("ip", Address),
            ("ip6", Address6),
            ("mac-address", Mac),
            ("alias", Alias),
            ("gw-priority", Priority == 0 ? null : $"{Priority}"),
        ];
        return all.Where(option => option.Value is not null).Select(option => (option.Name, option.Value!));
    }
}
