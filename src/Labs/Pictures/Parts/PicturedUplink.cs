namespace Net.Labs.Pictures.Parts;

/// <summary>A link of a host to others.</summary>
public sealed record PicturedUplink
{
    /// <summary>The name of the link, such as <c>eth0</c>.</summary>
    public required string Interface { get; init; }

    /// <summary>Its addresses with their prefix lengths.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
}
