namespace Net.Api.Daemons;

/// <summary>A pool of addresses that subnets of new networks are taken of.</summary>
public sealed record SystemAddressPool
{
    /// <summary>The pool, such as <c>172.17.0.0/16</c>.</summary>
    public required string Base { get; init; }

    /// <summary>The length of a subnet's prefix.</summary>
    public int Size { get; init; }
}
