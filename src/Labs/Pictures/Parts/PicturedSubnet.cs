namespace Net.Labs.Pictures.Parts;

/// <summary>A subnet of a network.</summary>
public sealed record PicturedSubnet
{
    /// <summary>The subnet in CIDR form, e.g. <c>172.18.0.0/16</c>.</summary>
    public required string Subnet { get; init; }

    /// <summary>The gateway's address without a prefix length; null for none.</summary>
    public string? Gateway { get; init; }
}
