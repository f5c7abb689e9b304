namespace Net.Labs.Pictures.Drawings;

/// <summary>What an edge of a graph stands for.</summary>
internal enum GraphEdgeKind
{
    /// <summary>Packets go both ways.</summary>
    Plugged,

    /// <summary>A published port: connections come in.</summary>
    Published,

    /// <summary>One container has something of another's: a name of it, or its network stack.</summary>
    Named,
}
