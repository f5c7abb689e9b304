namespace Net.Api.Containers;

/// <summary>A further address of a container on the default bridge, as Docker lists them. There are none here.</summary>
public sealed record SecondaryAddress
{
    /// <summary>The address.</summary>
    public string Addr { get; init; } = "";

    /// <summary>Its prefix length.</summary>
    public int PrefixLen { get; init; }
}
