namespace Net.Labs.Pictures.Parts;

/// <summary>A published port of a container, or a run of consecutive ones.</summary>
public sealed record PicturedPort
{
    /// <summary>The host's address: <c>*</c> for every one, <c>0.0.0.0</c> or <c>::</c> for every one of a family.</summary>
    public required string HostAddress { get; init; }

    /// <summary>The first port of the host; 0 where the port is open on the container's own address.</summary>
    public required int HostPort { get; init; }

    /// <summary>The first port of the container.</summary>
    public required int ContainerPort { get; init; }

    /// <summary>The number of consecutive ports.</summary>
    public int Count { get; init; } = 1;

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public required string Protocol { get; init; }
}
